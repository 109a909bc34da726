namespace LowLatencyQuoter.Engine.Threading;

/// <summary>
/// A long-running piece of work as a duty cycle, so that the same code runs on a thread of its own, shares one with
/// others, or is called from a test.
/// </summary>
public interface IAgent
{
    /// <summary>
    /// Does what there is to do, without waiting. Returns how much that was; 0 means the thread may idle.
    /// </summary>
    int DoWork();
}

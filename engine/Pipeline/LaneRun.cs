using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// What the book handler did next: so many events of one lane, or something that time alone made it do.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct LaneRun
{
    /// <summary>Stands for no lane.</summary>
    public const int NoLane = -1;

    /// <summary>The lane, or <see cref="NoLane"/>.</summary>
    public int Lane;

    /// <summary>Events taken from it, 1 or more; 0 without a lane.</summary>
    public int Count;

    /// <summary>Without a lane: the time at which a book was doubted, on the engine's clock.</summary>
    public long Nanos;
}

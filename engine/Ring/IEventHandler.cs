namespace LowLatencyQuoter.Engine.Ring;

/// <summary>What a consumer does with each event. Implemented by structs, so that the call is inlined.</summary>
/// <typeparam name="T">The ring's event.</typeparam>
public interface IEventHandler<T>
    where T : unmanaged
{
    /// <summary>Called once for each event, in order, on the consumer's thread.</summary>
    /// <param name="item">The event in its slot.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="endOfBatch">True for the last event that was available: the moment to flush.</param>
    void OnEvent(ref T item, long sequence, bool endOfBatch);
}

using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// What a consumer beside the book handler does with the events, in the order in which that one took them. Threads: the
/// follower's.
/// </summary>
public interface ILaneSink
{
    /// <summary>Takes one event.</summary>
    /// <param name="lane">Index of its lane.</param>
    /// <param name="item">
    /// The event in its slot, as the book handler left it: levels may have been brought to the book's scales.
    /// </param>
    void OnEvent(int lane, ref DepthEvent item);

    /// <summary>The book handler doubted a book because of the time, between the events before and behind.</summary>
    /// <param name="nanos">That time, on the engine's clock.</param>
    void OnTime(long nanos);

    /// <summary>Nothing more is there for the moment: the time to flush.</summary>
    void OnEndOfBatch();
}

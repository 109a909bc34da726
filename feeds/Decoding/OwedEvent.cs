using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// What the engine must hear of a book before anything else of it, and could not be told yet for lack of room.
/// </summary>
internal struct OwedEvent
{
    /// <summary><see cref="EventKind.Fault"/>, <see cref="EventKind.Disconnected"/>, or nothing.</summary>
    public EventKind Kind;

    /// <summary>Why.</summary>
    public FaultCode Fault;

    /// <summary>When it happened, on the injected clock.</summary>
    public long Nanos;
}

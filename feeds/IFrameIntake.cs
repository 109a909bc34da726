using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds;

/// <summary>
/// Where everything enters that a venue says, live or recorded: the same decoding, the same events. Threads: one, that
/// of the reader or of the replay.
/// </summary>
public interface IFrameIntake
{
    /// <summary>Counts of what came in.</summary>
    IntakeCounters Counters { get; }

    /// <summary>Takes one text or binary message of the socket.</summary>
    FrameOutcome OnFrame(ReadOnlySpan<byte> frame, long receivedNanos);

    /// <summary>Takes the body of a REST snapshot.</summary>
    /// <param name="book">The book.</param>
    /// <param name="body">The body.</param>
    /// <param name="receivedNanos">When it was received, on the injected clock.</param>
    /// <param name="wish">The book's count of wishes when it was asked for; 0: nobody asked, as in a recording.</param>
    FrameOutcome OnSnapshot(int book, ReadOnlySpan<byte> body, long receivedNanos, long wish = 0);

    /// <summary>
    /// Tells the engine of faults that found no room when they happened, as far as there is room now.
    /// </summary>
    void TellOwed();

    /// <summary>Tells the engine of the connection: every book that it serves.</summary>
    void Announce(EventKind kind, FaultCode fault, long nanos);

    /// <summary>Tells the engine of one book.</summary>
    void Announce(int book, EventKind kind, FaultCode fault, long nanos);

    /// <summary>Sets the precision that the venue declares for a book.</summary>
    void Declare(int book, int priceScale, int quantityScale);
}

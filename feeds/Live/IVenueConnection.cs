using System;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// A connection to a venue that keeps itself up, as duties of the reader that serves it, alone or among others. No duty
/// waits for anything. Threads: <see cref="Poll"/>, <see cref="Tick"/>, <see cref="End"/> and what they use by the one
/// reader, the rest by any; disposal when the reader has ended.
/// </summary>
public interface IVenueConnection : IDisposable
{
    /// <summary>The venue's name.</summary>
    string Venue { get; }

    /// <summary>Counts of what came in.</summary>
    IntakeCounters Counters { get; }

    /// <summary>True while the socket is open.</summary>
    bool IsConnected { get; }

    /// <summary>True while the loss of either of two sockets would leave no hole in any live book.</summary>
    bool IsRedundant => false;

    /// <summary>
    /// How long the reader may sleep, in milliseconds, before it has to look again although the socket is silent.
    /// </summary>
    int SleepMillisMax { get; }

    /// <summary>
    /// Takes what the socket has, a bounded part of it: others have their turn. Returns how much that was; 0 means that
    /// nothing is there, or that there is no room for it.
    /// </summary>
    int Poll();

    /// <summary>Does what time asks for: attempts to connect, snapshots, pings. Call every few milliseconds.</summary>
    /// <param name="nanos">Now, on the engine's clock.</param>
    void Tick(long nanos);

    /// <summary>The socket to wait for; false while there is none, or nothing could be done with its bytes.</summary>
    bool TryGetHandle(out nint handle);

    /// <summary>A second socket to wait for, where the venue is connected twice.</summary>
    bool TryGetSecondHandle(out nint handle)
    {
        handle = 0;
        return false;
    }

    /// <summary>What is known of the venue's clock; any thread.</summary>
    ClockReading Clock { get; }

    /// <summary>
    /// Any thread: serve one more book, from the next tick on, on the socket that is open; without one, when it is. The
    /// engine is told of the book before anything else of it.
    /// </summary>
    /// <param name="symbol">
    /// The symbol, with the precision that the venue declares for it, 0 if that is not known.
    /// </param>
    /// <param name="book">The book's index: a free place in the engine's table.</param>
    void Add(Precision symbol, int book);

    /// <summary>
    /// Any thread: serve a book no more, from the next tick on. The socket is closed when no book is left, and opened
    /// again with the next one.
    /// </summary>
    void Remove(int book);

    /// <summary>Any thread: the end is near. What waits for room or for an answer gives up.</summary>
    void Stop();

    /// <summary>The reader's last call: tells the engine and lets the socket be closed by another thread.</summary>
    void End();
}

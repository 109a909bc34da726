using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Perf.Latency.Marks;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// The engine's thread as the server runs it, with a look at the clock before each cycle and at the slots and quotes
/// after it. A slot that its reader already writes again is recognized by its message's number and leaves the decode
/// stamp out. Threads: the engine's; windows are set by another.
/// </summary>
[HotPath]
internal sealed class WireEngine : IAgent
{
    private readonly MarkedPipeline _pipeline;
    private readonly QuoteRing _quotes;
    private readonly QuoteReader _reader;
    private readonly long[] _noted;
    private WireWindow? _window;
    private long _next;

    public WireEngine(MarkedPipeline pipeline)
    {
        _pipeline = pipeline;
        _quotes = pipeline.Quotes[0];
        _reader = new QuoteReader(_quotes);
        _noted = new long[pipeline.Lanes.Count];
    }

    /// <summary>Any thread: measures from here on.</summary>
    public void Begin(WireWindow window) => Volatile.Write(ref _window, window);

    /// <inheritdoc/>
    public int DoWork()
    {
        var taken = MonotonicClock.Nanos();
        var work = _pipeline.DoWork();
        if (work != 0 && Volatile.Read(ref _window) is { } window)
        {
            for (var lane = 0; lane < _noted.Length; lane++)
            {
                NoteDecoded(window, lane);
            }

            NotePublished(window, taken);
        }

        return work;
    }

    private void NoteDecoded(WireWindow window, int lane)
    {
        var consumed = _pipeline.Lanes[lane].Consumed.Get();
        var ring = _pipeline.Lanes[lane].Ring;
        for (; _noted[lane] <= consumed; _noted[lane]++)
        {
            ref var item = ref ring[_noted[lane]];
            var stated = Volatile.Read(ref item.VenueUnixNanos);
            var decoded = Volatile.Read(ref item.DecodedNanos);
            var received = Volatile.Read(ref item.ReceivedNanos);
            var number = DiffSource.NumberOf(stated) - window.FirstNumber;
            if ((ulong)number < (ulong)window.Count && Volatile.Read(ref item.VenueUnixNanos) == stated)
            {
                window.Stamps.Received[number] = received;
                window.Stamps.Decoded[number] = decoded;
            }
        }
    }

    private void NotePublished(WireWindow window, long taken)
    {
        for (var cursor = _quotes.Cursor; _next <= cursor; _next++)
        {
            if (!_reader.TryRead(_next))
            {
                continue;   // of the time before the first window
            }

            ref var quote = ref _reader.Header;
            var applied = _pipeline.Marks.Take(taken, quote.PublishedNanos);
            var number = DiffSource.NumberOf(quote.VenueUnixNanos) - window.FirstNumber;
            if ((ulong)number < (ulong)window.Count)
            {
                window.Stamps.Taken[number] = taken;
                window.Stamps.Applied[number] = applied;
                window.Stamps.Published[number] = quote.PublishedNanos;
            }

            taken = quote.PublishedNanos;   // the next event of the batch was taken when this one was done
        }
    }
}

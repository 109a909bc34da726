using System;
using System.Runtime.CompilerServices;
using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Perf.Latency.Marks;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// The engine's thread as the server runs it, the pipeline's own duty cycle, with a look at the clock before each cycle
/// and at the new quotes after it. What that costs is part of what is measured. Threads: the engine's; windows are set
/// by another while no messages are under way.
/// </summary>
[HotPath]
internal sealed class MeasuredEngine : IAgent
{
    private const int LookEvery = 4_096;
    private readonly QuoterPipeline _pipeline;
    private readonly AppliedMarks? _marks;
    private readonly QuoteRing _quotes;
    private readonly QuoteReader _reader;
    private MeasuredWindow? _window;
    private MeasuredWindow? _begun;
    private long _next;
    private long _idleSince;
    private long _lookAt;

    public MeasuredEngine(QuoterPipeline pipeline)
    {
        _pipeline = pipeline;
        _marks = (pipeline as MarkedPipeline)?.Marks;
        _quotes = pipeline.Quotes[0];
        _reader = new QuoteReader(_quotes);
    }

    /// <summary>Any thread: measures from here on, or with null not at all.</summary>
    public void Begin(MeasuredWindow? window)
    {
        Volatile.Write(ref _window, window);
        _pipeline.EngineSignal.Notify();
    }

    /// <summary>Any thread: true when the engine knows the window.</summary>
    public bool HasBegun(MeasuredWindow? window) => ReferenceEquals(Volatile.Read(ref _begun), window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // the harness is never cold, whatever it measures
    public int DoWork()
    {
        var window = Volatile.Read(ref _window);
        if (!ReferenceEquals(window, _begun))
        {
            Switch(window);
        }

        if (window is null)
        {
            return _pipeline.DoWork();
        }

        if (window.Stamps is null && window.Total is null)
        {
            return Count(window);
        }

        var taken = MonotonicClock.Nanos();
        var work = _pipeline.DoWork();
        if (work == 0)
        {
            if (_idleSince != 0)
            {
                window.Stalls?.Note(_idleSince, taken);
            }

            _idleSince = taken;
            return 0;
        }

        _idleSince = 0;
        Note(window, taken);
        return work;
    }

    private int Count(MeasuredWindow window)
    {
        var work = _pipeline.DoWork();
        if (work != 0)
        {
            var seen = _quotes.Cursor + 1 - _next;
            if (seen >= window.Count)
            {
                window.LastPublishedNanos = MonotonicClock.Nanos();
                window.AllocatedAfter = GC.GetAllocatedBytesForCurrentThread();
            }

            window.Seen = seen;
        }

        return work;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // the harness is never cold, whatever it measures
    private void Note(MeasuredWindow window, long taken)
    {
        var seen = window.Seen;
        for (var cursor = _quotes.Cursor; _next <= cursor; _next++)
        {
            if (!_reader.TryRead(_next))
            {
                continue;   // overtaken by this very thread: cannot be; a lost quote would show in the counts
            }

            ref var quote = ref _reader.Header;
            var number = DiffSource.NumberOf(quote.VenueUnixNanos) - window.FirstNumber;
            if ((ulong)number < (ulong)window.Count)
            {
                var applied = _marks?.Take(taken, quote.PublishedNanos) ?? 0;
                window.Stamps?.NoteEngine(number, taken, applied, quote.PublishedNanos);
                window.Total?.Record(quote.PublishedNanos - quote.ReceivedNanos);
                seen++;
            }

            taken = quote.PublishedNanos;   // the next event of the batch was taken when this one was done
        }

        if (seen != window.Seen)
        {
            window.LastPublishedNanos = taken;
            if (seen >= window.Count || seen >= _lookAt)
            {
                _lookAt = seen + LookEvery;
                window.AllocatedAfter = GC.GetAllocatedBytesForCurrentThread();
            }

            window.Seen = seen;
        }
    }

    private void Switch(MeasuredWindow? window)
    {
        _next = _quotes.Cursor + 1;
        _idleSince = 0;
        _lookAt = 0;
        if (window is not null)
        {
            window.AllocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            window.AllocatedAfter = window.AllocatedBefore;
        }

        Volatile.Write(ref _begun, window);
    }
}

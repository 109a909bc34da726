using System;
using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// Measures the running process from outside of its hot path: from the receipt of a venue's message to the quote that
/// it caused, both of which stand in the quote's header. It looks at the rings of quotes now and then and takes the
/// headers of the quotes that came, at most <see cref="TakenMax"/> a look, evenly; what it left out is counted.
/// Threads: any; a call waits for another one's few microseconds, and no hot thread ever calls.
/// </summary>
public sealed class LatencySampler
{
    /// <summary>Quotes of an instrument that are looked at each time: what bounds the cost of a look.</summary>
    public const int TakenMax = 64;

    /// <summary>How long a step of the window of the last seconds is.</summary>
    public const long StepNanos = 2_000_000_000;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<QuoteRing> _quotes;
    private readonly BookTable _table;
    private readonly long[] _next;
    private readonly LatencyWindow?[] _instruments;
    private readonly Histogram?[] _totals;
    private readonly LatencyWindow?[] _books;
    private readonly SortedDictionary<string, LatencyBuckets> _venues = new(StringComparer.Ordinal);
    private long _turnedNanos;
    private long _unsampled;

    /// <summary>Begins with the quotes that come from now on.</summary>
    /// <param name="quotes">The quotes of each instrument.</param>
    /// <param name="table">Names the venues of the books that cause them.</param>
    public LatencySampler(IReadOnlyList<QuoteRing> quotes, BookTable table)
    {
        _quotes = quotes;
        _table = table;
        _next = new long[quotes.Count];
        _instruments = new LatencyWindow?[quotes.Count];
        _totals = new Histogram?[quotes.Count];
        _books = new LatencyWindow?[table.Definitions.Length];
        for (var instrument = 0; instrument < _next.Length; instrument++)
        {
            _next[instrument] = quotes[instrument].Cursor + 1;
        }
    }

    /// <summary>Quotes that were not looked at, because too many came at once.</summary>
    public long Unsampled => Volatile.Read(ref _unsampled);

    /// <summary>Takes what came since the last look. Call a few dozen times a second.</summary>
    /// <param name="nowNanos">Now, on the engine's clock.</param>
    public void Sample(long nowNanos)
    {
        lock (_gate)
        {
            Turn(nowNanos);
            for (var instrument = 0; instrument < _next.Length; instrument++)
            {
                Take(instrument);
            }
        }
    }

    /// <summary>The latencies of the last ten seconds of the quotes that a book caused.</summary>
    public LatencySummary OfBook(int book)
    {
        lock (_gate)
        {
            return Summary(_books[book]?.Sum());
        }
    }

    /// <summary>The same of all quotes of an instrument.</summary>
    public LatencySummary OfInstrument(int instrument)
    {
        lock (_gate)
        {
            return Summary(_instruments[instrument]?.Sum());
        }
    }

    /// <summary>Percentiles of an instrument's quotes, in nanoseconds.</summary>
    /// <param name="instrument">Whose.</param>
    /// <param name="percentiles">Which, 0 to 100.</param>
    /// <param name="recent">Receives those of the last ten seconds; as long.</param>
    /// <param name="total">Receives those since the start; as long.</param>
    public void Percentiles(int instrument, ReadOnlySpan<double> percentiles, Span<long> recent, Span<long> total)
    {
        lock (_gate)
        {
            var window = _instruments[instrument]?.Sum();
            for (var index = 0; index < percentiles.Length; index++)
            {
                recent[index] = window?.ValueAtPercentile(percentiles[index]) ?? 0;
                total[index] = _totals[instrument]?.ValueAtPercentile(percentiles[index]) ?? 0;
            }
        }
    }

    /// <summary>Calls back for each venue that caused quotes, in the order of names, with its latencies.</summary>
    internal void ForEachVenue(Action<string, LatencyBuckets> visit)
    {
        lock (_gate)
        {
            foreach (var (venue, buckets) in _venues)
            {
                visit(venue, buckets);
            }
        }
    }

    private static LatencySummary Summary(Histogram? latencies) => latencies is null
        ? default
        : new LatencySummary(
            latencies.TotalCount,
            latencies.ValueAtPercentile(50),
            latencies.ValueAtPercentile(99),
            latencies.Max);

    private void Turn(long nowNanos)
    {
        if (_turnedNanos == 0)
        {
            _turnedNanos = nowNanos;
        }

        for (var turns = 0; nowNanos - _turnedNanos >= StepNanos; turns++)
        {
            if (turns >= LatencyWindow.Steps)
            {
                _turnedNanos = nowNanos;   // all of the window is gone anyway
                return;
            }

            _turnedNanos += StepNanos;
            TurnAll(_instruments);
            TurnAll(_books);
        }
    }

    private static void TurnAll(LatencyWindow?[] windows)
    {
        foreach (var window in windows)
        {
            window?.Turn();
        }
    }

    private void Take(int instrument)
    {
        var ring = _quotes[instrument];
        var end = ring.Cursor + 1;
        var due = end - _next[instrument];
        var stride = Math.Max((due + TakenMax - 1) / TakenMax, 1);
        var taken = 0L;
        for (var sequence = _next[instrument]; sequence < end; sequence += stride)
        {
            if (ring.TryReadHeader(sequence, out var header))
            {
                taken++;
                if (header.ReceivedNanos > 0)   // 0: time alone caused it, no message did
                {
                    Record(instrument, header.CauseBook, header.PublishedNanos - header.ReceivedNanos);
                }
            }
        }

        _next[instrument] = end;
        Volatile.Write(ref _unsampled, _unsampled + due - taken);
    }

    private void Record(int instrument, int book, long nanos)
    {
        (_instruments[instrument] ??= new LatencyWindow()).Record(nanos);
        (_totals[instrument] ??= new Histogram(LatencyWindow.Layout)).Record(nanos);
        (_books[book] ??= new LatencyWindow()).Record(nanos);
        var venue = _table.Definitions[book].Venue;
        if (!_venues.TryGetValue(venue, out var buckets))
        {
            _venues.Add(venue, buckets = new LatencyBuckets());
        }

        buckets.Record(Math.Max(nanos, 0));
    }
}

using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Metrics;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Metrics;

public sealed class LatencySamplerTests
{
    private readonly ManualClock _clock = new() { Nanos = 1 };
    private QuoterPipeline<ManualClock> _pipeline = null!;
    private TestMarket _market = null!;
    private LatencySampler _latencies = null!;

    [SetUp]
    public void Make()
    {
        var table = new BookTable(["BTC/USDT"], [Book("binance"), Book("kraken")]);
        _pipeline = new QuoterPipeline<ManualClock>(
            table, new PipelineOptions { Lanes = 1, Levels = 10, QuoteCapacity = 1_024 }, _clock);
        _market = new TestMarket(_pipeline, _clock);
        _latencies = new LatencySampler(_pipeline.Quotes, table);
    }

    [TearDown]
    public void Free() => _pipeline.Dispose();

    [Test]
    public void QuotesAreCountedOnceEachAndByTheBookThatCausedThem()
    {
        _market.GoLive();
        var cursor = _pipeline.Quotes[0].Cursor;
        _latencies.Sample(_clock.Nanos);
        _latencies.Sample(_clock.Nanos);
        Assert.That(_latencies.OfInstrument(0).Count, Is.EqualTo(cursor + 1));
        var before = _latencies.OfBook(1).Count;

        _market.Set(1, Side.Bid, TestMarket.Mid - 1, 7);
        _latencies.Sample(_clock.Nanos);

        Assert.That(_latencies.OfBook(1).Count, Is.EqualTo(before + 1));
        Assert.That(_latencies.OfInstrument(0).Count, Is.EqualTo(cursor + 2));
        Assert.That(_latencies.Unsampled, Is.Zero);
    }

    [Test]
    public void ABurstIsSampledEvenlyAndTheRestCounted()
    {
        _market.GoLive(0);
        _latencies.Sample(_clock.Nanos);
        var (count, cursor) = (_latencies.OfInstrument(0).Count, _pipeline.Quotes[0].Cursor);
        for (var update = 0; update < 400; update++)
        {
            _market.Update(0);
        }

        _latencies.Sample(_clock.Nanos);

        var taken = _latencies.OfInstrument(0).Count - count;
        Assert.That(taken, Is.InRange(LatencySampler.TakenMax / 2, LatencySampler.TakenMax));
        Assert.That(_latencies.Unsampled, Is.EqualTo(_pipeline.Quotes[0].Cursor - cursor - taken));
    }

    [Test]
    public void TheWindowForgetsAndTheTotalDoesNot()
    {
        _market.GoLive(0);
        _latencies.Sample(_clock.Nanos);
        Assert.That(_latencies.OfInstrument(0).Count, Is.Positive);
        var all = 0L;
        _latencies.ForEachVenue((_, buckets) => all = Sum(buckets.Counts));

        for (var step = 0; step < LatencyWindow.Steps; step++)
        {
            _latencies.Sample(_clock.Nanos += LatencySampler.StepNanos);
        }

        Assert.That(_latencies.OfInstrument(0), Is.EqualTo(default(LatencySummary)));
        _latencies.ForEachVenue((venue, buckets) =>
            Assert.That((venue, Sum(buckets.Counts)), Is.EqualTo(("binance", all))));
    }

    [Test]
    public void AnHourWithoutALookEmptiesTheWindow()
    {
        _market.GoLive(0);
        _latencies.Sample(_clock.Nanos);

        _latencies.Sample(_clock.Nanos += 3_600_000_000_000);

        Assert.That(_latencies.OfInstrument(0).Count, Is.Zero);
    }

    [TestCase(0, 0)]
    [TestCase(1_000, 0)]
    [TestCase(1_001, 1)]
    [TestCase(10_000_000_000, 19)]
    public void BucketsHoldWhatIsNoLongerThanTheirBound(long nanos, int bucket)
    {
        var buckets = new LatencyBuckets();
        buckets.Record(nanos);
        Assert.That(buckets.Counts[bucket], Is.EqualTo(1));
        Assert.That(buckets.SumSeconds, Is.EqualTo(nanos / 1e9));
    }

    private static BookDefinition Book(string venue) => new()
    {
        Venue = venue,
        Symbol = "BTCUSDT",
        Instrument = 0,
        ChainRule = ChainRule.None,
        SnapshotSource = SnapshotSource.Socket,
    };

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}

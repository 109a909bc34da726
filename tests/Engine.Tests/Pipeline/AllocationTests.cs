using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>From the filled lane to the read quote nothing is allocated, whatever happens to the books.</summary>
[Category(Categories.Allocation)]
[NonParallelizable]
public sealed class AllocationTests
{
    private const int Books = 4;
    private QuoterPipeline<MonotonicClock> _pipeline = null!;
    private QuoteReader _reader = null!;
    private Random _random = null!;
    private long[] _ids = [];
    private long _quotesRead;

    [SetUp]
    public void MakePipeline()
    {
        var table = new BookTable(
            ["BTC/USDT"],
            [
                Scenario.Rest,
                Scenario.Socket with { WindowLevels = 25, ChecksumPolicy = ChecksumPolicy.Advisory },
                Scenario.Whole with { DustQuantity = 3, DustNotional = 100 },
                Scenario.Rest with { ChainRule = ChainRule.Rising },
            ]);
        _pipeline = new QuoterPipeline<MonotonicClock>(table, new PipelineOptions { Lanes = 2 }, default);
        _reader = new QuoteReader(_pipeline.Quotes[0]);
        _random = new Random(7);
        _ids = new long[Books];
        _quotesRead = 0;
        for (var book = 0; book < Books; book++)
        {
            Send(book, EventKind.Subscribed, 0);
            Send(book, EventKind.Snapshot, 40);
            _pipeline.DoWork();
        }
    }

    [TearDown]
    public void FreePipeline() => _pipeline.Dispose();

    [Test]
    public void UpdatesSnapshotsGapsAndQuotesAllocateNothing()
    {
        Drive(30_000);
        var quotes = _pipeline.Quotes[0].Cursor;

        using (NoAllocation.Begin())
        {
            Drive(120_000);
        }

        Assert.That(_pipeline.Quotes[0].Cursor - quotes, Is.GreaterThan(50_000), "the load makes hardly any quotes");
        Assert.That(_quotesRead, Is.GreaterThan(50_000));
        Assert.That(_pipeline.Table.Statuses[0].Gaps, Is.GreaterThan(10));
        Assert.That(_pipeline.Table.Statuses[1].ChecksumsChecked, Is.GreaterThan(1_000));
        Assert.That(_pipeline.Table.Statuses[0].CrossChecks, Is.GreaterThan(10));
    }

    private void Drive(int messages)
    {
        for (var message = 0; message < messages; message++)
        {
            var book = message % Books;
            var kind = book == 2 || message % 400 == 1 ? EventKind.Snapshot : EventKind.Update;
            if (message % 2_000 == 4)
            {
                _ids[0] += 5;   // a gap, healed by the snapshot behind it
                Send(0, EventKind.Update, 3);
                Send(0, EventKind.Snapshot, 40);
            }
            else if (message % 1_000 == 8)
            {
                Send(0, EventKind.TopOfBook, 1);
            }

            Send(book, kind, message % 300 == 0 ? 130 : 4);
            _pipeline.DoWork();
            if (_reader.TryReadLatest() && _reader.HasSpread && _reader.Bids[0].Price != _reader.Spread)
            {
                _quotesRead++;
            }

            _pipeline.Notices.TryTake(out _);
        }
    }

    private void Send(int book, EventKind kind, int levels)
    {
        var lane = _pipeline.Lanes[book % 2];
        if (!lane.TryBegin(book, kind))
        {
            throw new InvalidOperationException("the lane is full");
        }

        for (var level = 0; level < levels; level++)
        {
            var isBid = level % 2 == 0;
            var price = 10_000 + (isBid ? -_random.Next(1, 25) : _random.Next(1, 25));
            lane.TryAdd(isBid ? Side.Bid : Side.Ask, price,
                kind == EventKind.Update ? _random.Next(6) : _random.Next(1, 6));
        }

        _ids[book] += kind == EventKind.Update ? 1 : 0;
        lane.Current.FirstUpdateId = _ids[book];
        lane.Current.LastUpdateId = _ids[book];
        lane.Current.ReceivedNanos = MonotonicClock.Nanos();
        if (book == 1)
        {
            lane.Current.Checksum = 1;
            lane.Current.ChecksumAlgorithm = ChecksumAlgorithm.CrcOfTenLevelDigits;
        }

        lane.Commit(MonotonicClock.Nanos());
    }
}

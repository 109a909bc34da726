using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// A market that walks out of one snapshot after the other, and breaks now and then: nothing is allocated.
/// </summary>
[Category(Categories.Allocation)]
[NonParallelizable]
public sealed class HorizonAllocationTests
{
    private const int Levels = 64;
    private readonly ManualClock _clock = new();
    private QuoterPipeline<ManualClock> _pipeline = null!;
    private long _mid = 1_000_000;
    private long _id = 1;
    private long _served;

    private BookStatus Status => _pipeline.Table.Statuses[0];

    [SetUp]
    public void MakePipeline()
    {
        var table = new BookTable(["BTC/USDT"], [Scenario.Rest with { SnapshotLevels = Levels }]);
        _pipeline = new QuoterPipeline<ManualClock>(table, new PipelineOptions { Lanes = 1 }, _clock);
        Send(EventKind.Subscribed);
    }

    [TearDown]
    public void FreePipeline() => _pipeline.Dispose();

    [Test]
    public void SeedingAnewAndResyncAllocateNothing()
    {
        Drive(20_000);
        var (reseeds, resyncs) = (Status.Reseeds, Status.Resyncs);

        using (NoAllocation.Begin())
        {
            Drive(60_000);
        }

        Assert.That(Status.Reseeds - reseeds, Is.GreaterThan(500));
        Assert.That(Status.Resyncs - resyncs, Is.GreaterThan(10));
        Assert.That(Status.State, Is.EqualTo(BookState.Live));
    }

    private void Drive(int updates)
    {
        for (var update = 1; update <= updates; update++)
        {
            _clock.Nanos += 1_000_000;
            _id += update % 3_000 == 0 ? 2 : 1;   // a gap
            _mid++;
            Send(EventKind.Update);
            if (Status.SnapshotsWanted != _served && update % 8 == 0)
            {
                _served = Status.SnapshotsWanted;
                Send(EventKind.Snapshot);
            }

            _pipeline.Notices.TryTake(out _);
        }
    }

    /// <summary>A step up: an ask goes, and a bid comes, and something happens beyond what is known.</summary>
    private void Send(EventKind kind)
    {
        var lane = _pipeline.Lanes[0];
        if (!lane.TryBegin(0, kind))
        {
            throw new InvalidOperationException("the lane is full");
        }

        switch (kind)
        {
            case EventKind.Update:
                lane.TryAdd(Side.Ask, _mid, 0);
                lane.TryAdd(Side.Bid, _mid - 1, 5);
                lane.TryAdd(Side.Ask, _mid + Levels + 20, 5);
                lane.TryAdd(Side.Bid, _mid - 1_000, 0);
                break;
            case EventKind.Snapshot:
                for (var distance = 1; distance <= Levels; distance++)
                {
                    lane.TryAdd(Side.Bid, _mid - distance, 5);
                    lane.TryAdd(Side.Ask, _mid + distance, 5);
                }

                break;
        }

        lane.Current.FirstUpdateId = _id;
        lane.Current.LastUpdateId = _id;
        lane.Current.ReceivedNanos = _clock.Nanos;
        lane.Commit(_clock.Nanos);
        _pipeline.DoWork();
    }
}

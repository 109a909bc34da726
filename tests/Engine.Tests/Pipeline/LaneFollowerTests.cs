using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Tests.Ring;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Consumers of the lanes beside the book handler, and behind each other.</summary>
public sealed class LaneFollowerTests
{
    private readonly ManualClock _clock = new() { Nanos = 1_000 };
    private QuoterPipeline _pipeline = null!;
    private RecordingSink _journal = null!;
    private RecordingSink _audit = null!;
    private LaneFollower _first = null!;
    private LaneFollower _second = null!;

    [SetUp]
    public void MakePipeline() => Make(lanes: 3, capacity: 8);

    [TearDown]
    public void FreePipeline() => _pipeline.Dispose();

    [Test]
    public void FollowersSeeTheOrderOfTheBookHandler()
    {
        Send(2, 20);
        Send(0, 1);
        Send(2, 21);
        _pipeline.DoWork();
        Send(1, 10);
        Send(0, 2);
        _pipeline.DoWork();

        Assert.That(_first.DoWork(), Is.EqualTo(5));
        Assert.That(_second.DoWork(), Is.EqualTo(5));
        Assert.That(_journal.Events, Is.EqualTo(new[] { (0, 1L), (2, 20L), (2, 21L), (0, 2L), (1, 10L) }));
        Assert.That(_audit.Events, Is.EqualTo(_journal.Events));
        Assert.That(_journal.Batches, Is.EqualTo(1));
        Assert.That(_first.DoWork(), Is.Zero);
        Assert.That(_journal.Batches, Is.EqualTo(1), "nothing to flush");
    }

    [Test]
    public void NobodyIsAheadOfTheOneItFollows()
    {
        Send(0, 1);

        Assert.That(_first.DoWork(), Is.Zero, "the book handler has not been there");

        _pipeline.DoWork();

        Assert.That(_second.DoWork(), Is.Zero, "the first follower has not been there");
        Assert.That(_first.DoWork(), Is.EqualTo(1));
        Assert.That(_second.DoWork(), Is.EqualTo(1));
    }

    [Test]
    public void LaneWaitsForItsSlowestConsumer()
    {
        for (var id = 1; id <= 8; id++)
        {
            Send(0, id);
        }

        var lane = _pipeline.Lanes[0];
        Assert.That(lane.HasRoom(1), Is.False);
        _pipeline.DoWork();
        Assert.That(lane.HasRoom(1), Is.False, "the followers have not read it");
        _first.DoWork();
        Assert.That(lane.HasRoom(1), Is.False, "one of them has not");
        _second.DoWork();
        Assert.That(lane.HasRoom(8), Is.True);
        Assert.That(_pipeline.Lanes[1].HasRoom(8), Is.True);
    }

    [Test]
    public void OrderHasRoomForAllThatTheLanesCanHold()
    {
        for (var round = 0; round < 50; round++)
        {
            for (var slot = 0; slot < 8; slot++)
            {
                for (var lane = 0; lane < 3; lane++)
                {
                    Send(lane, slot);
                    _pipeline.DoWork();   // a run an event
                }
            }

            while (_first.DoWork() + _second.DoWork() != 0)
            {
            }
        }

        Assert.That(_audit.Events, Has.Count.EqualTo(50 * 8 * 3));
    }

    [Test]
    public void DoubtThatTimeBringsStandsBetweenTheEvents()
    {
        Send(0, 1, EventKind.Snapshot, (Side.Bid, 101), (Side.Ask, 100));   // crossed
        _pipeline.DoWork();
        _clock.Nanos += 2_000_000_000;
        _pipeline.DoWork();
        _pipeline.DoWork();
        Send(1, 10);
        _pipeline.DoWork();
        _first.DoWork();

        Assert.That(_pipeline.Table.Statuses[0].State, Is.EqualTo(BookState.Suspect));
        Assert.That(_journal.Times, Is.EqualTo(new[] { _clock.Nanos }), "once");
        Assert.That(_journal.Events, Is.EqualTo(new[] { (0, 1L), (1, 10L) }));
    }

    [Test]
    public void LanesTooLargeToFollowAreRefused() => Assert.That(
        () => new ConsumptionOrder(1L << 24, 1, [], []),
        Throws.ArgumentException.With.Message.Contains("too large to be followed"));

    [Test]
    [Category(Categories.Litmus)]
    public void RacingConsumersSeeEveryEventOnceInOneOrder()
    {
        Make(lanes: 3, capacity: 16);
        var running = 3;
        var handled = 0L;
        void Produce(Race race, int lane)
        {
            for (var id = 1L; race.GoesOn; id++)
            {
                race.Await(() => _pipeline.Lanes[lane].HasRoom(1));
                Send(lane, id);
            }

            Interlocked.Decrement(ref running);
        }

        void Consume(Race race, Func<int> doWork, Func<bool> isOver)
        {
            var wait = 0;
            while (true)
            {
                var over = isOver();
                if (doWork() != 0)
                {
                    wait = 0;
                }
                else if (over)
                {
                    return;
                }
                else if (++wait > 10)
                {
                    Thread.Yield();
                }
            }
        }

        Race.Run(
            race => Produce(race, 0),
            race => Produce(race, 1),
            race => Produce(race, 2),
            race =>
            {
                Consume(race, _pipeline.DoWork, () => Volatile.Read(ref running) == 0);
                Volatile.Write(ref handled, _pipeline.EventCount);
            },
            race => Consume(race, _first.DoWork, () => Volatile.Read(ref handled) != 0),
            race => Consume(
                race, _second.DoWork,
                () => Volatile.Read(ref handled) is not 0 and var all && _audit.Events.Count == all));

        Assert.That(_journal.Events, Has.Count.EqualTo(handled));
        Assert.That(_audit.Events, Is.EqualTo(_journal.Events));
        foreach (var lane in Enumerable.Range(0, 3))
        {
            var ids = _journal.Events.Where(each => each.Lane == lane).Select(each => each.Id).ToArray();
            Assert.That(ids, Is.EqualTo(Enumerable.Range(1, ids.Length).Select(id => (long)id)), $"lane {lane}");
        }
    }

    private void Make(int lanes, int capacity)
    {
        _pipeline?.Dispose();
        var definitions = new List<BookDefinition>();
        for (var book = 0; book < lanes; book++)
        {
            definitions.Add(Scenario.Whole with { Venue = $"venue{book}" });
        }

        _pipeline = new QuoterPipeline<ManualClock>(
            new BookTable(["BTC/USDT"], definitions),
            new PipelineOptions
            {
                Lanes = lanes,
                LaneCapacity = capacity,
                Followers = 2,
                EngineSleeps = false,
                PublisherSleeps = false,
            },
            _clock);
        (_journal, _audit) = (new RecordingSink(), new RecordingSink());
        _first = _pipeline.Follow(0, _journal);
        _second = _pipeline.Follow(1, _audit, _first);
    }

    private void Send(
        int lane, long id, EventKind kind = EventKind.Snapshot, params (Side Side, long Price)[] levels)
    {
        var to = _pipeline.Lanes[lane];
        Assert.That(to.TryBegin(lane, kind), Is.True);
        foreach (var (side, price) in levels)
        {
            to.Add(side, price, 1);
        }

        to.Current.LastUpdateId = id;
        to.Current.ReceivedNanos = _clock.Nanos;
        to.Commit(_clock.Nanos);
    }
}

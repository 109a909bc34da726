using System.Threading;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

[Category(Categories.Litmus)]
[TestFixture(SequenceLayout.InSlot)]
[TestFixture(SequenceLayout.Apart)]
[TestFixture(SequenceLayout.Cursor)]
public sealed class RingLitmusTests(SequenceLayout layout)
{
    private const int Capacity = 64;
    private const long MaxEvents = 1_000_000;

    [Test]
    public void ConsumerOfOneProducerSeesWholeEventsInOrder()
    {
        using var ring = new RingBuffer<Octet>(Capacity, layout: layout);
        var consumed = new Sequence();
        var sequencer = new SingleProducerSequencer<Octet>(ring, consumed);
        var end = long.MaxValue;
        Race.Run(
            race =>
            {
                var published = 0L;
                while (race.GoesOn && published < MaxEvents)
                {
                    var count = 1 + (int)(published % 5);
                    var last = 0L;
                    race.Await(() => sequencer.TryNext(count, out last));
                    for (; published <= last; published++)
                    {
                        ring[published].Fill(published + 1);
                    }

                    sequencer.Publish(last);
                }

                Volatile.Write(ref end, published);
            },
            race => Consume(race, ring, consumed, ref end));
    }

    [Test]
    public void ConsumerOfSeveralProducersSeesEachEventOnce()
    {
        const int Producers = 3;
        using var ring = new RingBuffer<Octet>(Capacity, layout: layout);
        if (layout == SequenceLayout.Cursor)
        {
            Assert.That(
                () => new MultiProducerSequencer<Octet>(ring),
                Throws.ArgumentException.With.Message.Contains("is for one producer"));
            return;
        }

        var consumed = new Sequence();
        var sequencer = new MultiProducerSequencer<Octet>(ring, consumed);
        var running = Producers;
        var total = 0L;
        void Produce(Race race, int producer)
        {
            var own = 0L;
            while (race.GoesOn && own < MaxEvents)
            {
                var count = 1 + (int)(own % 3);
                var last = 0L;
                race.Await(() => sequencer.TryNext(count, out last));
                for (var sequence = last - count + 1; sequence <= last; sequence++)
                {
                    ring[sequence].Fill(((long)producer << 40) | ++own);
                }

                sequencer.Publish(last - count + 1, last);
            }

            Interlocked.Add(ref total, own);
            Interlocked.Decrement(ref running);
        }

        var seen = new long[Producers];
        Race.Run(
            race => Produce(race, 0),
            race => Produce(race, 1),
            race => Produce(race, 2),
            race =>
            {
                for (var next = 0L; ; next++)
                {
                    race.Await(() => ring.IsPublished(next) || Finished(next));
                    if (Finished(next))
                    {
                        return;
                    }

                    var item = ring[next];
                    Race.Demand(item.IsWhole, $"event {next} is torn");
                    var producer = item.A >> 40;
                    Race.Demand((item.A & 0xFF_FFFF_FFFF) == ++seen[producer],
                        $"event {next} is lost, doubled or moved");
                    consumed.Set(next);
                }
            });

        Assert.That(seen[0] + seen[1] + seen[2], Is.EqualTo(total).And.GreaterThan(0));

        bool Finished(long next) => Volatile.Read(ref running) == 0 && next == Interlocked.Read(ref total);
    }

    [Test]
    public void ConsumerBehindAnotherSeesItsWork()
    {
        using var ring = new RingBuffer<Octet>(Capacity, layout: layout);
        var (first, second) = (new Sequence(), new Sequence());
        var sequencer = new SingleProducerSequencer<Octet>(ring, second);
        var end = long.MaxValue;
        Race.Run(
            race =>
            {
                var published = 0L;
                for (; race.GoesOn && published < MaxEvents; published++)
                {
                    race.Await(() => sequencer.TryNext(1, out _));
                    ring[published].Fill(published + 1);
                    sequencer.Publish(published);
                }

                Volatile.Write(ref end, published);
            },
            race => Consume(race, ring, first, ref end, negate: true),
            race =>
            {
                var barrier = new SequenceBarrier<Octet>(ring, first);
                for (var next = 0L; next < Volatile.Read(ref end);)
                {
                    var last = next - 1;
                    race.Await(() => (last = barrier.Available(next, 16)) >= next || next == Volatile.Read(ref end));
                    for (; next <= last; next++)
                    {
                        Race.Demand(ring[next].IsWhole && ring[next].A == -(next + 1),
                            $"event {next} was not worked on");
                    }

                    second.Set(last);
                }
            });
    }

    /// <summary>
    /// The check of these tests, on a producer that publishes before it writes: steps interleaved by hand.
    /// </summary>
    [Test]
    public void PublishingBeforeWritingIsCaught()
    {
        using var ring = new RingBuffer<Octet>(Capacity, layout: layout);

        ring.Publish(0);
        ring[0].FillFirstHalf(1);
        var visible = ring.IsPublished(0);
        var seen = ring[0];

        Assert.That(visible && !seen.IsWhole, Is.True);
    }

    /// <summary>The check of these tests, on a producer that does not wait for its consumer.</summary>
    [Test]
    public void OvertakingTheConsumerIsCaught()
    {
        using var ring = new RingBuffer<Octet>(Capacity, layout: layout);
        ring[0].Fill(1);
        ring.Publish(0);

        var visible = ring.IsPublished(0);
        ring[Capacity].FillFirstHalf(Capacity + 1);
        var seen = ring[0];

        Assert.That(visible && !seen.IsWhole, Is.True);
        Assert.That(
            new SingleProducerSequencer<Octet>(ring, new Sequence()).TryNext(Capacity + 1, out _),
            Is.False,
            "the sequencer does not allow it");
    }

    /// <summary>The check of these tests, on producers that claim without an atomic step.</summary>
    [Test]
    public void ClaimingTheSameSlotTwiceIsCaught()
    {
        using var ring = new RingBuffer<Octet>(Capacity, layout: layout);
        var claimed = new Sequence();

        var one = claimed.Get() + 1;
        var other = claimed.Get() + 1;
        ring[one].Fill(1);
        ring[other].Fill(1L << 40 | 1);
        ring.Publish(one);
        ring.Publish(other);

        Assert.That(ring[0].A, Is.Not.EqualTo(1), "the first producer's event is lost");
        Assert.That(ring.IsPublished(1), Is.False, "and the count is wrong");
        Assert.That(claimed.TryAdvance(-1, 0) && !claimed.TryAdvance(-1, 0), Is.True,
            "the atomic step lets one through");
    }

    private static void Consume(Race race, RingBuffer<Octet> ring, Sequence consumed, ref long end, bool negate = false)
    {
        ref var stop = ref end;
        var wait = default(YieldingWaitStrategy);
        var attempt = 0;
        for (var next = 0L; next < Volatile.Read(ref stop);)
        {
            if (!ring.IsPublished(next))
            {
                wait.Idle(attempt++);
                Race.Demand(attempt < 50_000_000, "nothing came any more");
                continue;
            }

            attempt = 0;
            var item = ring[next];
            Race.Demand(item.IsWhole && item.A == next + 1, $"event {next} is {item.A}, whole {item.IsWhole}");
            if (negate)
            {
                ring[next].Fill(-(next + 1));
            }

            consumed.Set(next++);
        }

        Race.Demand(race is not null, "a race is needed");
    }
}

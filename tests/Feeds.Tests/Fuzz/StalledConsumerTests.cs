using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>
/// An engine that stalls at random behind tiny rings: whatever the policy, a book that claims to be live is the
/// venue's.
/// </summary>
public sealed class StalledConsumerTests
{
    private static readonly string[] Venues = ["binance", "bitstamp", "kraken"];

    [Test]
    public void DroppedMessageEndsInAResyncAndNeverInAWrongBook()
    {
        var totals = new Totals();
        Seeded.Check(
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Run(seed, FullLanePolicy.DropAndFault, totals)), 60);

        TestContext.Out.WriteLine(totals);
        Assert.That(totals.Dropped, Is.GreaterThan(1_000), "messages dropped");
        Assert.That(totals.Compared, Is.GreaterThan(1_000), "live books that were compared");
        Assert.That(totals.Resyncs, Is.GreaterThan(200), "books that came back");
    }

    [Test]
    public void WaitingLosesNothing()
    {
        var totals = new Totals();
        Seeded.Check(Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Run(seed, FullLanePolicy.Wait, totals)), 30);

        TestContext.Out.WriteLine(totals);
        Assert.That((totals.Dropped, totals.Resyncs), Is.EqualTo((0, 0)));
        Assert.That(totals.Compared, Is.GreaterThan(500), "live books that were compared");
    }

    private static bool Run(int seed, FullLanePolicy policy, Totals totals)
    {
        var random = new Random(seed);
        var found = Venues.Select(name =>
        {
            VenueRegistry.TryFind(name, out var venue);
            return venue;
        }).ToArray();
        var table = new BookTable(["S"], [.. found.Select(static venue => new BookDefinition
        {
            Venue = venue.Profile.Name,
            Symbol = "S",
            Instrument = 0,
            ChainRule = venue.Profile.ChainRule,
            SnapshotSource = venue.Profile.SnapshotSource,
        })]);
        var options = new PipelineOptions
        {
            Lanes = found.Length,
            LaneCapacity = 16,
            EngineSleeps = false,
            PublisherSleeps = false,
        };
        using var pipeline = new QuoterPipeline<ManualClock>(table, options, new ManualClock());
        DepthDecoder Decoder(IVenue venue, int book) => new(
            pipeline.Lanes[book],
            new SymbolDirectory([KeyValuePair.Create("S", book)]),
            found.Length,
            venue.Profile.ScaleSource,
            policy);
        var venues = found.Select((venue, book) => new StalledVenue(
            venue, book, table.Statuses[book], known => Decoder(known, book), random)).ToArray();

        var stalled = 0;
        for (var turn = 0; turn < 400; turn++)
        {
            foreach (var venue in venues)
            {
                if (random.Next(2) == 0)
                {
                    venue.Change();
                }

                venue.Read();
            }

            stalled = stalled > 0 ? stalled - 1 : random.Next(10) == 0 ? random.Next(5, 60) : 0;
            if (stalled == 0)
            {
                Drain(pipeline);
                Compare(venues, pipeline, totals);
            }
            else if (random.Next(20) == 0)
            {
                pipeline.DoWork();
            }
        }

        Drain(pipeline);
        for (var turn = 0; !Array.TrueForAll(venues, static venue => venue.IsLive && venue.IsSettled); turn++)
        {
            Assert.That(turn, Is.LessThan(5_000), "a book never came back");
            Array.ForEach(venues, static venue => venue.Read());
            Drain(pipeline);
        }

        Assert.That(Compare(venues, pipeline, totals), Is.EqualTo(venues.Length));
        foreach (var venue in venues)
        {
            Assert.That(venue.Counters.DecodeErrors, Is.Zero);
            Assert.That(venue.Counters.RingFullDropped == 0 || venue.Resyncs > 0, "a drop without a resync");
            totals.Dropped += (int)venue.Counters.RingFullDropped;
            totals.Resyncs += (int)venue.Resyncs;
        }

        return true;
    }

    private static void Drain(QuoterPipeline<ManualClock> pipeline)
    {
        while (pipeline.DoWork() != 0)
        {
        }
    }

    private static int Compare(StalledVenue[] venues, QuoterPipeline pipeline, Totals totals)
    {
        var compared = 0;
        for (var book = 0; book < venues.Length; book++)
        {
            if (venues[book].IsLive && venues[book].IsSettled)
            {
                Assert.That(venues[book].Differs(pipeline.CopyOf(book)), Is.Null);
                compared++;
            }
        }

        totals.Compared += compared;
        return compared;
    }

    private sealed class Totals
    {
        public int Compared;
        public int Dropped;
        public int Resyncs;

        public override string ToString() => $"{Compared} compared, {Dropped} dropped, {Resyncs} resyncs";
    }
}

using System;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

/// <summary>Two links carry one book; the first arrival counts, and the end of either changes nothing.</summary>
public sealed class LinkGateTests
{
    private const long Milli = 1_000_000;

    [TestCase(ChainRule.Contiguous, SnapshotSource.Rest)]
    [TestCase(ChainRule.Rising, SnapshotSource.Rest)]
    [TestCase(ChainRule.Consecutive, SnapshotSource.Rest)]
    [TestCase(ChainRule.Consecutive, SnapshotSource.Socket)]
    [TestCase(ChainRule.Successive, SnapshotSource.Socket)]
    [TestCase(ChainRule.Linked, SnapshotSource.Socket)]
    public void BookStaysLiveAndTrueWhateverArrivesFirstAndWhicheverLinkEnds(ChainRule rule, SnapshotSource source) =>
        Seeded.Check(
            Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    Run(rule, source, new Random(seed));
                    return true;
                }),
            60);

    [Test]
    public void LinkThatWasNotThereInTimeLeavesAHoleThatIsSeen()
    {
        using var links = new TwoLinks(ChainRule.Contiguous, SnapshotSource.Rest);
        var random = new Random(1);
        links.Connect(0);
        links.Serve();
        links.Change(random);
        links.Deliver(0);
        links.Change(random);   // lost with the first link
        links.Connect(1);
        links.Change(random);
        Assert.That(links.Deliver(1), Is.False, "it is ahead of the first link");
        links.Disconnect(0);

        Assert.That(links.Status.State, Is.EqualTo(BookState.Gapped));
        links.Deliver(1);
        links.Serve();
        Assert.That(links.Status.State, Is.EqualTo(BookState.Live));
        Assert.That(links.EngineBook, Is.EqualTo(links.VenueBook));
    }

    [Test]
    public void LinkThatIsAheadOfOneThatStandsStillWaitsNoLongerThanItsTime()
    {
        using var links = new TwoLinks(ChainRule.Successive, SnapshotSource.Socket);
        var random = new Random(1);
        links.Connect(0);
        links.Deliver(0);
        links.Change(random);
        links.Connect(1);
        Assert.That(links.Deliver(1), Is.False, "its snapshot is ahead");
        links.Pass(4_000 * Milli);

        Assert.That(links.Deliver(1), Is.True);
        Assert.That(links.Status.State, Is.EqualTo(BookState.Live));
        Assert.That(links.EngineBook, Is.EqualTo(links.VenueBook));
    }

    private static void Run(ChainRule rule, SnapshotSource source, Random random)
    {
        using var links = new TwoLinks(rule, source);
        links.Connect(0);
        links.Serve();
        links.Deliver(0);
        links.Change(random);   // an update that proves a snapshot from REST, or the next one
        links.Deliver(0);
        links.Serve();
        Assert.That(links.Status.State, Is.EqualTo(BookState.Live));
        for (var step = 0; step < 600; step++)
        {
            links.Pass(Milli);
            var link = random.Next(2);
            switch (random.Next(12))
            {
                case < 4:
                    links.Change(random);
                    break;
                case 4 when !links.IsUp(link):
                    links.Connect(link);
                    break;
                case 5 when links.IsUp(link) && links.IsJoined(1 - link) && random.Next(4) == 0:
                    links.Disconnect(link);
                    break;
                default:
                    links.Deliver(link);
                    break;
            }

            Assert.That(links.Status.State, Is.EqualTo(BookState.Live));
        }

        while (links.Deliver(0) || links.Deliver(1))
        {
        }

        Assert.That(links.EngineBook, Is.EqualTo(links.VenueBook));
        Assert.That(links.Status.Gaps + links.Status.Faults, Is.Zero);
    }
}

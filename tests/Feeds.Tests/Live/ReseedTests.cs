using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>A market that leaves what a limited snapshot told of, over sockets.</summary>
[Category(Categories.Loopback)]
public sealed class ReseedTests
{
    [Test]
    public async Task BookIsSeededAnewThroughFailuresAndCachedAnswersAndStaysLive()
    {
        LiveBench? asking = null;
        await using var peer = await VenuePeer.StartAsync((context, _, lastId) =>
        {
            // by what has come of the answers so far: on a slow machine the book may be asked about besides
            if (asking is not { Status.ReseedsWanted: > 0 })
            {
                return context.Response.WriteAsync(
                    VenuePeer.Body(lastId, """["100.5","1"],["100.4","1"],["100.3","1"]"""));
            }

            if (asking.Connection.Counters.SnapshotFailures == 0)
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync(asking.Status.SnapshotsTooOld == 0
                ? VenuePeer.Body(1_000)   // from a cache
                : VenuePeer.Body(lastId, """["100.3","1"],["99.5","1"],["99.1","1"]"""));
        });
        using var bench = new LiveBench("binance", "BTC/USDT", options => options with
        {
            Socket = peer.Socket,
            Rest = peer.Rest,
            Subscription = new SubscriptionOptions { Depth = 3 },
        });
        Volatile.Write(ref asking, bench);
        bench.Until(() => bench.IsLive && bench.Status.Updates > 3, "a live book");
        var since = bench.Status.StateSinceNanos;

        Assert.That((bench.Status.KnownBids, bench.Status.BidLevels), Is.EqualTo((3L, 4L)), "99.5 is beyond");

        peer.MoreBids = """,["100.5","0"],["100.4","0"]""";
        bench.Until(() => bench.Status.Reseeds == 1, "a book that is seeded anew");
        var updates = bench.Status.Updates;
        bench.Until(() => bench.Status.Updates > updates + 3, "updates of the new book");

        Assert.Multiple(() =>
        {
            Assert.That(bench.Status.State, Is.EqualTo(BookState.Live));
            Assert.That(bench.Status.StateSinceNanos, Is.EqualTo(since), "it never was anything else");
            Assert.That((bench.Status.KnownBids, bench.Status.BidLevels), Is.EqualTo((3L, 3L)));
            Assert.That((bench.Status.Gaps, bench.Status.Resyncs, bench.Status.SnapshotsTooOld),
                Is.EqualTo((0L, 0L, 1L)));
            Assert.That(bench.Status.ReseedsWanted, Is.EqualTo(1));
            Assert.That(peer.Requests, Has.Length.GreaterThanOrEqualTo(4));
            Assert.That(bench.Connection.Counters.SnapshotFailures, Is.EqualTo(1));
        });
    }
}

using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Testing;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>A book that says nothing on a socket that lives.</summary>
[Category(Categories.Loopback)]
public sealed class SilenceTests
{
    [Test]
    public async Task BookWhoseUpdatesStopIsFoundSubscribedAnewAndTakesANewSnapshot()
    {
        await using var peer = await VenuePeer.StartAsync(static (context, _, lastId) =>
            context.Response.WriteAsync(VenuePeer.Body(lastId)));
        using var bench = Bench(peer);
        bench.Until(() => bench.IsLive, "a live book");
        peer.IsMuted = true;
        bench.Until(() => bench.Connection.Counters.SilentBooks == 1, "the verdict");
        bench.Until(() => bench.IsLive && !peer.IsMuted, "a live book again");

        Assert.Multiple(() =>
        {
            Assert.That(peer.Received, Has.Length.EqualTo(2));
            Assert.That(peer.Received[0], Does.Contain("UNSUBSCRIBE").And.Contain("btcusdt@depth@100ms"));
            Assert.That(bench.Status.LastFault, Is.EqualTo((long)FaultCode.Silent));
            Assert.That(bench.Status.Resyncs, Is.EqualTo(1));
            Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1), "the socket was not the fault");
            Assert.That(bench.Log.Has("while the venue's book went on"), Is.True);
        });
    }

    [Test]
    public async Task QuietBookIsAskedAboutAndBelieved()
    {
        await using var peer = await VenuePeer.StartAsync(static (context, _, lastId) =>
            context.Response.WriteAsync(VenuePeer.Body(lastId)));
        using var bench = Bench(peer);
        bench.Until(() => bench.IsLive, "a live book");
        peer.IsQuiet = true;
        bench.Until(() => bench.Connection.Counters.SilenceProbes == 2, "two questions");
        peer.IsQuiet = false;
        var updates = bench.Status.Updates;
        bench.Until(() => bench.Status.Updates > updates + 10, "updates");

        Assert.That(bench.Status.State, Is.EqualTo(BookState.Live));
        Assert.That(bench.Connection.Counters.SilentBooks, Is.Zero);
        Assert.That(peer.Received, Is.Empty);
    }

    private static LiveBench Bench(VenuePeer peer) => new(
        "binance", "BTC/USDT", options => options with { Socket = peer.Socket, Rest = peer.Rest });
}

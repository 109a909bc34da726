using System;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Membership;

/// <summary>
/// Instruments come and go at venues that are connected twice: one whose messages are told apart by update id, and one
/// whose second socket stands by.
/// </summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class TwoSocketsRosterTests
{
    [Test]
    public async Task InstrumentComesAndGoesAndBothSocketsServeWhatIsLeft()
    {
        await using var quoter = await RosterHarness.StartAsync(
            "binance,kraken",
            "BTC/USDT",
            static options => options with
            {
                Venues = [.. options.Venues.Select(static venue => venue with { Connections = 2 })],
            },
            settings: [("simulation.alsoLists", "ETH/USDT")]);
        await quoter.LiveAsync("BTC/USDT", 2);
        await RedundantAsync(quoter);
        var bitcoin = quoter.BooksOf("BTC/USDT");
        var since = quoter.LiveSince(bitcoin);

        var frames = Frames(quoter);
        await CallAsync(quoter, "AddInstrument", new AddInstrumentRequest { Instrument = "ETH/USDT" });
        await quoter.LiveAsync("ETH/USDT", 2);
        await RedundantAsync(quoter);
        Assert.That(Frames(quoter).Zip(frames), Has.All.Matches<(long After, long Before)>(static pair =>
            pair.After > pair.Before), "what is counted never falls");
        Assert.That(quoter.Host.Connections.Select(static c => c.Counters.Connects), Has.All.EqualTo(3));
        var ether = quoter.BooksOf("ETH/USDT");
        var etherSince = quoter.LiveSince(ether);

        frames = Frames(quoter);
        await CallAsync(quoter, "RemoveInstrument", new RemoveInstrumentRequest { Instrument = "ETH/USDT" });
        await RedundantAsync(quoter);
        Assert.That(Frames(quoter).Zip(frames), Has.All.Matches<(long After, long Before)>(static pair =>
            pair.After > pair.Before), "what is counted never falls");

        Assert.That(etherSince, Has.None.EqualTo(-1));
        Assert.That(quoter.LiveSince(bitcoin), Is.EqualTo(since), string.Join('\n', quoter.Log.Lines));
        foreach (var book in bitcoin)
        {
            var status = quoter.Books.Statuses[book];
            Assert.That((status.Gaps, status.Resyncs, status.Faults), Is.EqualTo((0L, 0L, 0L)));
        }
    }

    private static long[] Frames(RosterHarness quoter) =>
        [.. quoter.Host.Connections.Select(static connection => connection.Counters.Frames)];

    private static Task RedundantAsync(RosterHarness quoter) => Testing.Eventually.HoldsAsync(
        () => quoter.Host.Connections.All(static connection => connection.IsRedundant),
        TimeSpan.FromSeconds(60),
        () => string.Join('\n', quoter.Log.Lines));

    private static async Task CallAsync(RosterHarness quoter, string method, Google.Protobuf.IMessage request)
    {
        var (status, message, _) = await quoter.CallAsync(method, request, RemoveVenueResponse.Parser);
        Assert.That(status, Is.EqualTo(StatusCode.Ok), message);
    }
}

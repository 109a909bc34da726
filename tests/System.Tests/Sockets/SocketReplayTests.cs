using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Sockets;

[Category(Categories.Captures)]
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class SocketReplayTests
{
    [TestCase("kraken", "kraken/kraken_btcusd_sample.cbcap")]
    [TestCase("kraken", "kraken/kraken_btcusd_l2.cbcap")]
    [TestCase("binance", "binance/btcusdt_20240808.txt.gz")]
    [TestCase("binance", "binance/ethusdt_20240808.gz")]
    [TestCase("binance", "binance/BINANCE.0.gz", "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0")]
    [TestCase("bitstamp", "bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0")]
    [TestCase("okx", "okx/OKX.0.gz", "okx/OKX.ws.1.0")]
    [TestCase("coinbase", "coinbase/COINBASE.0", "coinbase/COINBASE.ws.28.0.gz")]
    [TestCase("kucoin", "kucoin/KUCOIN.0", "kucoin/KUCOIN.http.0.0", "kucoin/KUCOIN.ws.1.0.gz")]
    [TestCase("gateio", "gateio/GATEIO.0", "gateio/GATEIO.http.0.0", "gateio/GATEIO.ws.1.0")]
    [TestCase("bitfinex", "bitfinex/BITFINEX.0", "bitfinex/BITFINEX.ws.11.0")]
    public async Task ARecordingOverSocketsGivesTheStateOfItsDirectReplay(string venue, params string[] files)
    {
        var paths = files.Select(CaptureFolder.File).ToArray();
        var (direct, messages) = Direct(venue, paths);
        using var authority = new TestAuthority();

        var (plain, plainStatuses) = await SocketReplay.RunAsync(venue, paths, messages, null, null);
        var (secure, secureStatuses) = await SocketReplay.RunAsync(
            venue, paths, messages, authority.Server, authority.Roots);

        Assert.Multiple(() =>
        {
            Assert.That(plain, Is.EqualTo(direct));
            Assert.That(secure, Is.EqualTo(direct));
            foreach (var status in plainStatuses.Concat(secureStatuses))
            {
                Assert.That(status.Gaps, Is.Zero);
                Assert.That(status.ChecksumsMatched, Is.EqualTo(status.ChecksumsChecked));
                Assert.That(status.CrossChecksEqual, Is.EqualTo(status.CrossChecks));
            }
        });
    }

    private static (string StateHash, long Messages) Direct(string venueName, string[] paths)
    {
        VenueRegistry.TryFind(venueName, out var venue);
        using var scanned = new Recording(paths);
        var books = RecordingScan.Books(scanned, venue);
        using var recording = new Recording(paths);
        using var session = new ReplaySession(venue, books, new ReplayOptions { Files = paths });
        var report = session.Run(recording);
        return (report.StateHash, SocketReplay.MessagesOf(report.Table.Statuses));
    }
}

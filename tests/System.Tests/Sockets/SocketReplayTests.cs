using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using Microsoft.Extensions.Logging.Abstractions;
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

        var (plain, plainStatuses, recorded) = await RecordAsync(venue, paths, messages);
        var (secure, secureStatuses) = await SocketReplay.RunAsync(
            venue, paths, messages, authority.Server, authority.Roots);

        Assert.Multiple(() =>
        {
            Assert.That(plain, Is.EqualTo(direct));
            Assert.That(recorded, Is.EqualTo(direct), "what was recorded on the way");
            Assert.That(secure, Is.EqualTo(direct));
            foreach (var status in plainStatuses.Concat(secureStatuses))
            {
                Assert.That(status.Gaps, Is.Zero);
                Assert.That(status.ChecksumsMatched, Is.EqualTo(status.ChecksumsChecked));
                Assert.That(status.CrossChecksEqual, Is.EqualTo(status.CrossChecks));
            }
        });
    }

    /// <summary>Over a plain socket, and then what was recorded meanwhile, directly.</summary>
    private static async Task<(string Plain, BookStatus[] Statuses, string Recorded)> RecordAsync(
        string venue, string[] paths, long messages)
    {
        var folder = Directory.CreateTempSubdirectory("recording").FullName;
        try
        {
            var signal = new WaitSignal();
            using var recorder = new FrameRecorder(venue, signal);
            using var writer = new RecordingWriter(folder, [recorder], NullLogger.Instance);
            Exception? failure = null;
            string plain;
            BookStatus[] statuses;
            using (var thread = new AgentThread(
                "recorder", writer, WaitStrategyKind.Blocking, signal, -1, e => failure = e))
            {
                thread.Start();
                (plain, statuses) = await SocketReplay.RunAsync(venue, paths, messages, null, null, recorder);
            }

            while (writer.DoWork() != 0)
            {
                // what the thread left
            }

            Assert.That(failure, Is.Null);
            Assert.That(recorder.Lost, Is.Zero);
            return (plain, statuses, Direct(venue, [writer.Files[0].Path]).StateHash);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string StateHash, long Messages) Direct(string venueName, string[] paths)
    {
        VenueRegistry.TryFind(venueName, out var venue);
        using var scanned = new Recording(paths);
        var books = RecordingScan.Books(scanned, venue);
        using var recording = new Recording(paths);
        using var session = new ReplaySession(venue, books, new ReplayOptions { Files = paths });
        var report = session.Run(recording);
        return (report.StateHash, SocketReplay.MessagesOf(report.Table));
    }
}

using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Tests.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

[Category(Categories.Captures)]
public sealed class CaptureReplayTests
{
    [TestCase("kraken/kraken_btcusd_sample.cbcap", 2_104, 2_052)]
    [TestCase("kraken/kraken_btcusd_l2.cbcap", 377, 301)]
    public void EveryKrakenChecksumMatches(string file, int frames, int books)
    {
        using var replayed = Replayed.Run("kraken", file);
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(frames));
            Assert.That(report.DepthEvents, Is.EqualTo(books));
            Assert.That(report.ChecksumsChecked, Is.EqualTo(books));
            Assert.That(report.ChecksumsMatched, Is.EqualTo(books));
            Assert.That(report.DecodeErrors, Is.Zero);
        });
    }

    [TestCase("binance/btcusdt_20240808.txt.gz", 3_452, 564)]
    [TestCase("binance/ethusdt_20240808.gz", 3_435, 577)]
    public void EveryBinanceBookTickerOfTheSameUpdateIdEqualsTheRebuiltTop(string file, int events, int crossChecks)
    {
        using var replayed = Replayed.Run("binance", file);
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.DepthEvents, Is.EqualTo(events));
            Assert.That(report.Gaps, Is.Zero);
            Assert.That(report.CrossChecks, Is.EqualTo(crossChecks));
            Assert.That(report.CrossChecksEqual, Is.EqualTo(crossChecks));
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.AllocatedBytesPerEvent, Is.Zero);
        });
    }

    [Test]
    public void FourBinanceSymbolsReplayWithoutAGap()
    {
        using var replayed = Replayed.Run(
            "binance", "binance/BINANCE.0.gz", "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(265));
            Assert.That(report.DepthEvents, Is.EqualTo(181));
            Assert.That(report.Gaps, Is.Zero);
            Assert.That(report.CrossChecks, Is.EqualTo(26));
            Assert.That(report.CrossChecksEqual, Is.EqualTo(26));
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
        });
    }

    [Test]
    public void TenBitstampPairsReplayWithoutCrossing()
    {
        using var replayed = Replayed.Run(
            "bitstamp", "bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(747));
            Assert.That(report.DepthEvents, Is.EqualTo(727));
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.Books, Has.Count.EqualTo(10));
        });
    }

    [Test]
    public void TenCoinbaseProductsReplayWithoutCrossing()
    {
        using var replayed = Replayed.Run("coinbase", "coinbase/COINBASE.0", "coinbase/COINBASE.ws.28.0.gz");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(9_946));
            Assert.That(report.DepthEvents, Is.EqualTo(9_729), "9,719 updates, 10 snapshots");
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.AllocatedBytesPerEvent, Is.Zero);
            Assert.That(report.Table.Statuses.Sum(status => status.Ignored), Is.Zero, "none before its snapshot");
            Assert.That(report.Books, Has.Count.EqualTo(10));
            Assert.That(report.Passed, Is.True);
        });
    }

    [Test]
    public void EveryOkxChecksumMatchesAndTheMissingIdsAreSaid()
    {
        using var replayed = Replayed.Run("okx", "okx/OKX.0.gz", "okx/OKX.ws.1.0");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(410));
            Assert.That(report.DepthEvents, Is.EqualTo(290));
            Assert.That(report.ChecksumsChecked, Is.EqualTo(290));
            Assert.That(report.ChecksumsMatched, Is.EqualTo(290));
            Assert.That(report.Gaps, Is.Zero);
            Assert.That(report.Unproven, Is.EqualTo(287), "every update, three snapshots less");
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.AllocatedBytesPerEvent, Is.Zero);
            Assert.That(report.Books, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void EveryKuCoinTickerOfTheSameSequenceEqualsTheRebuiltTop()
    {
        using var replayed = Replayed.Run(
            "kucoin", "kucoin/KUCOIN.0", "kucoin/KUCOIN.http.0.0", "kucoin/KUCOIN.ws.1.0.gz");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(4_721));
            Assert.That(report.DepthEvents, Is.EqualTo(3_862), "3,853 increments, 9 snapshots");
            Assert.That(report.Gaps, Is.Zero);
            Assert.That(report.CrossChecks, Is.EqualTo(810), "tickers that come late and early among them");
            Assert.That(report.CrossChecksEqual, Is.EqualTo(810));
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.Table.Statuses.Sum(status => status.Ignored), Is.EqualTo(48), "before the snapshots");
            Assert.That(report.Table.Statuses.Sum(status => status.SnapshotsTooOld), Is.Zero);
            Assert.That(report.Passed, Is.True);
        });
    }

    [Test]
    public void TenGateioPairsReplayWithoutAGap()
    {
        using var replayed = Replayed.Run(
            "gateio", "gateio/GATEIO.0", "gateio/GATEIO.http.0.0", "gateio/GATEIO.ws.1.0");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(239));
            Assert.That(report.DepthEvents, Is.EqualTo(182), "172 updates, 10 snapshots");
            Assert.That(report.Gaps, Is.Zero);
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.Table.Statuses.Sum(status => status.Ignored), Is.EqualTo(13), "before the snapshots");
            Assert.That(report.Table.Statuses.Count(status => status.Updates != 0), Is.EqualTo(8));
            Assert.That(report.Table.Statuses.Sum(status => status.SnapshotsTooOld), Is.Zero);
            Assert.That(report.Passed, Is.True);
        });
    }

    [Test]
    public void GateioStreamThatRepeatsAnUpdateIsOneGap()
    {
        using var replayed = Replayed.Run("gateio", "gateio/gocryptotrader_spot_obu_vectors.ndjson");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.DepthEvents, Is.EqualTo(3));
            Assert.That(report.Gaps, Is.EqualTo(1), "the deliberate break");
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Table.Definitions[0].Symbol, Is.EqualTo("BTC_USDT"));
            Assert.That(report.Table.Definitions[0].WindowLevels, Is.EqualTo(50));
            Assert.That(report.Table.Statuses[0].Updates, Is.EqualTo(1));
            Assert.That(report.Table.Statuses[0].State, Is.EqualTo(BookState.Gapped));
            Assert.That(DecoderBench.Decimal(report.Books[0].Bids[0].Quantity, report.Books[0].QuantityScale),
                Is.EqualTo(0.146841m));
            Assert.That(report.Passed, Is.False);
        });
    }

    [Test]
    public void SevenBitfinexBooksReplayWithoutAMissingFrame()
    {
        using var replayed = Replayed.Run("bitfinex", "bitfinex/BITFINEX.0", "bitfinex/BITFINEX.ws.11.0");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(1_693));
            Assert.That(report.DepthEvents, Is.EqualTo(1_600), "1,593 updates, 7 snapshots");
            Assert.That(report.Gaps, Is.Zero, "1,670 numbered frames");
            Assert.That(report.DecodeErrors, Is.Zero, "two heartbeats come before their subscription");
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.Table.Statuses.Sum(status => status.Ignored), Is.Zero);
            Assert.That(report.Books, Has.Count.EqualTo(7));
            Assert.That(report.Passed, Is.True);
        });
    }

    [Test]
    public void BitfinexChecksumIsOverTheNumbersAsTheyAreSent()
    {
        using var replayed = Replayed.Run("bitfinex", "bitfinex/bitfinex-api-go_TestOrderbook_tXRPBTC.ndjson");
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(6));
            Assert.That((report.ChecksumsChecked, report.ChecksumsMatched), Is.EqualTo((1L, 1L)), "exponents included");
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Table.Statuses[0].State, Is.EqualTo(BookState.Live));
            Assert.That(report.Passed, Is.True);
        });
    }
}

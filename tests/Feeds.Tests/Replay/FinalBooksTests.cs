using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Tests.Decoding;
using LowLatencyQuoter.Feeds.Tests.Fuzz;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

/// <summary>Final books of every recording, against two oracles: one in another language, one of our own.</summary>
[Category(Categories.Captures)]
public sealed class FinalBooksTests
{
    private static readonly TestCaseData[] Recordings =
    [
        new(
            "binance",
            "binance/BINANCE",
            new[] { "binance/BINANCE.0.gz", "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0" }),
        new("binance", "binance/btcusdt_20240808", new[] { "binance/btcusdt_20240808.txt.gz" }),
        new("binance", "binance/ethusdt_20240808", new[] { "binance/ethusdt_20240808.gz" }),
        new(
            "bitstamp",
            "bitstamp/BITSTAMP",
            new[] { "bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0" }),
        new("coinbase", "coinbase/COINBASE", new[] { "coinbase/COINBASE.0", "coinbase/COINBASE.ws.28.0.gz" }),
        new("kraken", "kraken/kraken_btcusd_l2", new[] { "kraken/kraken_btcusd_l2.cbcap" }),
        new("kraken", "kraken/kraken_btcusd_sample", new[] { "kraken/kraken_btcusd_sample.cbcap" }),
        new("okx", "okx/OKX", new[] { "okx/OKX.0.gz", "okx/OKX.ws.1.0" }),
        new(
            "kucoin",
            "kucoin/KUCOIN",
            new[] { "kucoin/KUCOIN.0", "kucoin/KUCOIN.http.0.0", "kucoin/KUCOIN.ws.1.0.gz" }),
        new(
            "gateio",
            "gateio/GATEIO",
            new[] { "gateio/GATEIO.0", "gateio/GATEIO.http.0.0", "gateio/GATEIO.ws.1.0" }),
        new("bitfinex", "bitfinex/BITFINEX", new[] { "bitfinex/BITFINEX.0", "bitfinex/BITFINEX.ws.11.0" }),
    ];

    [TestCaseSource(nameof(Recordings))]
    public void BestBidAndAskAreThoseOfTheOtherProgram(string venue, string title, string[] files)
    {
        using var replayed = Replayed.Run(venue, files);
        var table = replayed.Report.Table;
        var expected = VerifiedTops.Of(title);

        Assert.That(table.Definitions.Select(book => book.Symbol), Is.EquivalentTo(expected.Keys));
        for (var book = 0; book < table.Definitions.Length; book++)
        {
            Assert.That(table.Statuses[book].State, Is.EqualTo(BookState.Live));
            Assert.That(
                Top(replayed.Report.Books[book]),
                Is.EqualTo(expected[table.Definitions[book].Symbol]),
                table.Definitions[book].Symbol);
        }
    }

    [TestCaseSource(nameof(Recordings))]
    public void LadderAndReferenceGiveTheSameBooksAndQuotes(string venue, string title, string[] files)
    {
        using var ladder = Replayed.Run(venue, BookStructure.Ladder, files);
        using var reference = Replayed.Run(venue, BookStructure.Reference, files);

        Assert.That(ladder.Report.Quotes, Is.GreaterThan(100), title);
        Assert.That(reference.Report.Quotes, Is.EqualTo(ladder.Report.Quotes));
        Assert.That(reference.Report.StateHash, Is.EqualTo(ladder.Report.StateHash));
        Assert.That(reference.Report.QuoteHash, Is.EqualTo(ladder.Report.QuoteHash));
    }

    [TestCaseSource(nameof(Recordings))]
    public void EveryLevelIsThatOfTheSlowWay(string venue, string title, string[] files)
    {
        using var replayed = Replayed.Run(venue, files);
        var capture = CaptureSet.Load(venue, CaptureSet.SlowOf(venue), files);
        var slow = capture.Books.Select(capture.MakeBook).ToArray();
        var symbols = capture.Books.Select(book => book.Symbol).ToList();
        foreach (var record in capture.Records)
        {
            var reading = record.IsFrame
                ? capture.Slow.Read(record.Bytes, capture.Symbols)
                : capture.Slow.ReadSnapshot(record.Bytes, record.Symbol);
            foreach (var message in reading.Messages)
            {
                slow[symbols.IndexOf(message.Symbol)].Take(message);
            }
        }

        for (var book = 0; book < slow.Length; book++)
        {
            Assert.That(slow[book].IsLive, Is.True, title);
            var different = PipelineBench.Compare(replayed.Report.Books[book], slow[book], int.MaxValue);
            Assert.That(different, Is.Null, symbols[book]);
        }
    }

    private static (decimal Bid, decimal BidSize, decimal Ask, decimal AskSize) Top(BookCopy book) => (
        DecoderBench.Decimal(book.Bids[0].Price, book.PriceScale),
        DecoderBench.Decimal(book.Bids[0].Quantity, book.QuantityScale),
        DecoderBench.Decimal(book.Asks[0].Price, book.PriceScale),
        DecoderBench.Decimal(book.Asks[0].Quantity, book.QuantityScale));
}

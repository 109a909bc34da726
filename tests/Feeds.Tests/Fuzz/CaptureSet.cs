using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Samples;
using LowLatencyQuoter.Feeds.Tests.Oracle;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>A recording in memory, with its books and the slow dialect that reads it.</summary>
internal sealed partial class CaptureSet
{
    private CaptureSet(IVenue venue, ISlowDialect slow, string[] paths)
    {
        Venue = venue;
        Slow = slow;
        using (var scanned = new Recording(paths))
        {
            Books = RecordingScan.Books(scanned, venue);
        }

        using var recording = new Recording(paths);
        while (recording.TryRead())
        {
            var symbol = "";
            if (recording.Kind == RecordKind.RestBody
                && (recording.Address is null || venue.Classify(recording.Address, out symbol) == RestRecord.Snapshot))
            {
                symbol = symbol.Length == 0 ? Books[0].Symbol : symbol;
            }
            else if (recording.Kind == RecordKind.RestBody)
            {
                continue;   // lists of instruments: without them scales come from the texts alone
            }

            Records.Add(new CaptureRecord(recording.Nanos, symbol, recording.Payload.ToArray()));
        }
    }

    private CaptureSet(IVenue venue, ISlowDialect slow, string symbol)
    {
        Venue = venue;
        Slow = slow;
        Books = [new RecordedBook(symbol, 0)];
        foreach (var step in SampleDay.Write(venue.Samples, Define(Books[0], 0)).Steps)
        {
            Records.Add(new CaptureRecord(Records.Count * 1_000_000L, step.IsRestSnapshot ? symbol : "", step.Bytes));
        }
    }

    public IVenue Venue { get; }

    public ISlowDialect Slow { get; }

    public IReadOnlyList<RecordedBook> Books { get; }

    public List<CaptureRecord> Records { get; } = [];

    /// <summary>
    /// What the venue said of its channels before it named them by their numbers; nothing where it names symbols.
    /// </summary>
    public byte[][] Opening =>
    [
        .. Records.Select(static record => record.Bytes).Where(static frame =>
            frame.AsSpan().StartsWith("{\"event\":\"conf\""u8)
            || frame.AsSpan().StartsWith("{\"event\":\"subscribed\",\"channel\":\"book\""u8)),
    ];

    public HashSet<string> Symbols => [.. Books.Select(book => book.Symbol)];

    public static CaptureSet BinanceFour() =>
        Load("binance", new SlowBinance(), "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0");

    public static CaptureSet BinanceBtc() => Load("binance", new SlowBinance(), "binance/btcusdt_20240808.txt.gz");

    /// <summary>A day made up as the binary streams are: there is no recording of them.</summary>
    public static CaptureSet MadeUpBinanceSbe() => MakeUp("binance", VenueStream.Sbe, new SlowBinanceSbe());

    /// <summary>A day made up of partial depth: there is no recording of it.</summary>
    public static CaptureSet MadeUpBinancePartial() =>
        MakeUp("binance", VenueStream.Partial, new SlowBinancePartial());

    public static CaptureSet Bitstamp() =>
        Load("bitstamp", new SlowBitstamp(), "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0");

    public static CaptureSet Coinbase() => Load("coinbase", new SlowCoinbase(), "coinbase/COINBASE.ws.28.0.gz");

    /// <summary>A day made up as the venue prints it today: many changes in a message.</summary>
    public static CaptureSet MadeUpCoinbase() => MakeUp("coinbase");

    /// <summary>A day made up as the venue prints it: there is no recording of it.</summary>
    public static CaptureSet MadeUpCoinbaseAdvanced() => MakeUp("coinbase_advanced");

    public static CaptureSet KrakenTen() => Load("kraken", new SlowKraken(), "kraken/kraken_btcusd_l2.cbcap");

    public static CaptureSet KrakenTwentyFive() =>
        Load("kraken", new SlowKraken(), "kraken/kraken_btcusd_sample.cbcap");

    public static CaptureSet Okx() => Load("okx", new SlowOkx(), "okx/OKX.ws.1.0");

    /// <summary>A day made up as the venue prints it today, with ids: there is no recording of that.</summary>
    public static CaptureSet MadeUpOkx() => MakeUp("okx");

    /// <summary>A day made up as the venue prints it: there is no recording that can be replayed.</summary>
    public static CaptureSet MadeUpBybit() => MakeUp("bybit");

    public static CaptureSet KuCoin() =>
        Load("kucoin", new SlowKuCoin(), "kucoin/KUCOIN.http.0.0", "kucoin/KUCOIN.ws.1.0.gz");

    public static CaptureSet Gateio() =>
        Load("gateio", new SlowGateio(), "gateio/GATEIO.http.0.0", "gateio/GATEIO.ws.1.0");

    public static CaptureSet Bitfinex() => Load("bitfinex", new SlowBitfinex(), "bitfinex/BITFINEX.ws.11.0");

    /// <summary>A day made up as the venue prints it today, with checksums and arrays of changes.</summary>
    public static CaptureSet MadeUpBitfinex() => MakeUp("bitfinex");

    /// <summary>A day made up as the venue prints it: there is no recording that can be replayed.</summary>
    public static CaptureSet MadeUpCryptocom() => MakeUp("cryptocom");

    /// <summary>The slow dialect of a venue.</summary>
    public static ISlowDialect SlowOf(string venue) => venue switch
    {
        "binance" => new SlowBinance(),
        "bitstamp" => new SlowBitstamp(),
        "coinbase" => new SlowCoinbase(),
        "coinbase_advanced" => new SlowCoinbaseAdvanced(),
        "kraken" => new SlowKraken(),
        "okx" => new SlowOkx(),
        "bybit" => new SlowBybit(),
        "kucoin" => new SlowKuCoin(),
        "gateio" => new SlowGateio(),
        "bitfinex" => new SlowBitfinex(),
        "cryptocom" => new SlowCryptocom(),
        _ => throw new ArgumentException(venue),
    };

    private static CaptureSet MakeUp(string venue) => MakeUp(venue, VenueStream.Json, SlowOf(venue));

    private static CaptureSet MakeUp(string venue, VenueStream stream, ISlowDialect slow) =>
        VenueRegistry.TryFind(venue, stream, out var found)
            ? new CaptureSet(found, slow, found.SymbolOf(Pair.Parse("BTC/USDT")))
            : throw new ArgumentException(venue);

    public static CaptureSet Load(string venue, ISlowDialect slow, params string[] files) =>
        VenueRegistry.TryFind(venue, out var found)
            ? new CaptureSet(found, slow, [.. files.Select(CaptureFolder.File)])
            : throw new ArgumentException(venue);

    /// <summary>Where snapshots of a book come from.</summary>
    public SnapshotSource SourceOf(RecordedBook book) => Venue.SourceOf(Choices(book));

    /// <summary>An empty slow book of the venue.</summary>
    public SlowBook MakeBook(RecordedBook book) =>
        new(Venue.Profile.ChainRule, SourceOf(book), Venue.WindowOf(Choices(book)))
        {
            ProvesNumbers = Venue.Profile.ScaleSource == ScaleSource.ShortestNumber,
        };

    /// <summary>
    /// The same without numbers of frames, where the venue counts those of a socket: with them every frame that is
    /// missing would take every book out, and there would be few to compare.
    /// </summary>
    public CaptureSet Uncounted()
    {
        for (var index = 0; index < Records.Count; index++)
        {
            var text = Encoding.UTF8.GetString(Records[index].Bytes);
            if (text.StartsWith("{\"event\":\"conf\"", StringComparison.Ordinal))
            {
                text = Flags().Replace(text, static match =>
                    (long.Parse(match.Value, CultureInfo.InvariantCulture) & ~65_536)
                        .ToString(CultureInfo.InvariantCulture));
                Records[index] = Records[index] with { Bytes = Encoding.UTF8.GetBytes(text) };
            }
        }

        return this;
    }

    /// <summary>What the engine must know of a book.</summary>
    public BookDefinition Define(RecordedBook book, int instrument) => new()
    {
        Venue = Venue.Profile.Name,
        Symbol = book.Symbol,
        Instrument = instrument,
        ChainRule = Venue.Profile.ChainRule,
        SnapshotSource = SourceOf(book),
        ChecksumPolicy = Venue.Profile.ChecksumPolicy,
        WindowLevels = Venue.WindowOf(Choices(book)),
    };

    [GeneratedRegex(@"(?<=""flags"":)\d+")]
    private static partial Regex Flags();

    private static SubscriptionOptions Choices(RecordedBook book) => new() { Depth = book.Depth };
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LowLatencyQuoter.Testing;

/// <summary>
/// Every capture that can be replayed, once, for all tests that go through them; and what of the captures' index is
/// left out, with the reason.
/// </summary>
public static class ReplayableCaptures
{
    /// <summary>The captures.</summary>
    public static IReadOnlyList<ReplayableCapture> All { get; } =
    [
        new(
            "binance/btcusdt_20240808",
            "binance",
            ["binance/btcusdt_20240808.txt.gz"],
            Frames: 41_248,
            DepthEvents: 3_452,
            Books: 1)
        {
            CrossChecks = 564,
        },
        new(
            "binance/ethusdt_20240808",
            "binance",
            ["binance/ethusdt_20240808.gz"],
            Frames: 33_617,
            DepthEvents: 3_435,
            Books: 1)
        {
            CrossChecks = 577,
        },
        new(
            "binance/BINANCE",
            "binance",
            ["binance/BINANCE.0.gz", "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0"],
            Frames: 265,
            DepthEvents: 181,
            Books: 4)
        {
            CrossChecks = 26,
        },
        new(
            "bitstamp/BITSTAMP",
            "bitstamp",
            ["bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0"],
            Frames: 747,
            DepthEvents: 727,
            Books: 10),
        new(
            "kraken/kraken_btcusd_l2",
            "kraken",
            ["kraken/kraken_btcusd_l2.cbcap"],
            Frames: 377,
            DepthEvents: 301,
            Books: 1)
        {
            Checksums = 301,
        },
        new(
            "kraken/kraken_btcusd_sample",
            "kraken",
            ["kraken/kraken_btcusd_sample.cbcap"],
            Frames: 2_104,
            DepthEvents: 2_052,
            Books: 1)
        {
            Checksums = 2_052,
        },
        new("okx/OKX", "okx", ["okx/OKX.0.gz", "okx/OKX.ws.1.0"], Frames: 410, DepthEvents: 290, Books: 3)
        {
            Checksums = 290,
        },
        new(
            "bitfinex/BITFINEX",
            "bitfinex",
            ["bitfinex/BITFINEX.0", "bitfinex/BITFINEX.ws.11.0"],
            Frames: 1_693,
            DepthEvents: 1_600,
            Books: 7),
        new(
            "bitfinex/TestOrderbook_tXRPBTC",
            "bitfinex",
            ["bitfinex/bitfinex-api-go_TestOrderbook_tXRPBTC.ndjson"],
            Frames: 6,
            DepthEvents: 2,
            Books: 1)
        {
            Checksums = 1,
        },
        new(
            "coinbase/COINBASE",
            "coinbase",
            ["coinbase/COINBASE.0", "coinbase/COINBASE.ws.28.0.gz"],
            Frames: 9_946,
            DepthEvents: 9_729,
            Books: 10),
        new(
            "kucoin/KUCOIN",
            "kucoin",
            ["kucoin/KUCOIN.0", "kucoin/KUCOIN.http.0.0", "kucoin/KUCOIN.ws.1.0.gz"],
            Frames: 4_721,
            DepthEvents: 3_862,
            Books: 9)
        {
            CrossChecks = 810,
        },
        new(
            "gateio/GATEIO",
            "gateio",
            ["gateio/GATEIO.0", "gateio/GATEIO.http.0.0", "gateio/GATEIO.ws.1.0"],
            Frames: 239,
            DepthEvents: 182,
            Books: 10),
        new(
            "gateio/spot_obu_vectors",
            "gateio",
            ["gateio/gocryptotrader_spot_obu_vectors.ndjson"],
            Frames: 3,
            DepthEvents: 3,
            Books: 1)
        {
            Gaps = 1,   // the last delta comes twice, to show that this breaks the chain
        },
    ];

    /// <summary>Files of captures that cannot be replayed, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> LeftOut { get; } = new Dictionary<string, string>
    {
        ["kraken/KRAKEN.0"] = "Kraken's v1 feed is not spoken; v2 replaced it",
        ["kraken/KRAKEN.ws.48.0"] = "Kraken v1 trades",
        ["kraken/KRAKEN.ws.49.0"] = "Kraken v1 ticker",
        ["kraken/KRAKEN.ws.50.0"] = "Kraken v1 books",
    };

    /// <summary>The files of each capture that the index beside the captures names as replayable.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> OfIndex() =>
        [.. File.ReadLines(CaptureFolder.File("INDEX.md"))
            .SkipWhile(static line => line != "## Replayable captures")
            .Skip(1)
            .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)   // the table's head
            .Select(static line => Names(line.Split('|')[1].Trim()))];

    /// <summary>
    /// <c>bitstamp/BITSTAMP.0, .http.0.0</c> are the files <c>bitstamp/BITSTAMP.0</c> and
    /// <c>bitstamp/BITSTAMP.http.0.0</c>.
    /// </summary>
    private static string[] Names(string cell)
    {
        var names = cell.Split(", ");
        var folder = names[0][..(names[0].IndexOf('/', StringComparison.Ordinal) + 1)];
        var stem = names[0][..names[0].IndexOf('.', StringComparison.Ordinal)];
        return Array.ConvertAll(
            names,
            name => name.StartsWith('.') ? stem + name : name.StartsWith(folder, StringComparison.Ordinal) ? name
                : folder + name);
    }
}

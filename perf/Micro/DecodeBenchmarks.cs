using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>A frame into the lane.</summary>
public class DecodeBenchmarks : LoopBenchmarks
{
    /// <summary>Names of the comparisons.</summary>
    public static IEnumerable<string> Cases =>
        [
            "decode.binance.20", "decode.binance.200", "decode.binance_sbe", "decode.bitstamp", "decode.coinbase",
            "decode.coinbase_advanced", "decode.kraken", "decode.okx", "decode.bybit",
            "decode.kucoin", "decode.gateio",
            "decode.bitfinex", "decode.cryptocom",
        ];

    /// <summary>One of them.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <inheritdoc/>
    protected override string Chosen => Case;
}

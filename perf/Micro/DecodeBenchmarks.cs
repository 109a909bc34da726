using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>A frame into the lane.</summary>
public class DecodeBenchmarks : LoopBenchmarks
{
    /// <inheritdoc/>
    public override IEnumerable<string> Cases => ["decode.binance.20", "decode.binance.200", "decode.bitstamp", "decode.kraken"];
}

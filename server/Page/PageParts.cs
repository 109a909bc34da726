using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Membership;

namespace LowLatencyQuoter.Server.Page;

/// <summary>What the page and its events show.</summary>
/// <param name="Quotes">The quotes of each instrument.</param>
/// <param name="Table">The books.</param>
/// <param name="Instruments">Which instruments there are.</param>
/// <param name="Figures">Latencies and rates.</param>
/// <param name="NowNanos">The engine's clock.</param>
/// <param name="UnixOffsetNanos">What has to be added to that clock to get Unix time.</param>
public sealed record PageParts(
    IReadOnlyList<QuoteRing> Quotes,
    BookTable Table,
    InstrumentDirectory Instruments,
    LiveFigures Figures,
    Func<long> NowNanos,
    Func<long> UnixOffsetNanos)
{
    /// <summary>
    /// Names this run of the process: sequences of quotes begin anew with it. Unix milliseconds of its start.
    /// </summary>
    public string Epoch { get; } = Text.Number(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
}

using System.Globalization;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>What the warm-up did.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Methods">Methods that were compiled meanwhile; one counts once for each time it was compiled.</param>
/// <param name="CompileSeconds">What compiling took, on whichever thread.</param>
/// <param name="Rounds">Times that each venue's day was played.</param>
/// <param name="Frames">Messages that were decoded.</param>
/// <param name="Updates">Messages that the books applied.</param>
/// <param name="IsSettled">False when time was up before the compiler had nothing more to do.</param>
internal sealed record WarmUpReport(
    double Seconds, long Methods, double CompileSeconds, int Rounds, long Frames, long Updates, bool IsSettled)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seconds:0.0} s, {Methods} methods compiled in {CompileSeconds:0.0} s, ")
        + string.Create(CultureInfo.InvariantCulture, $"{Frames} messages in {Rounds} rounds, ")
        + (IsSettled ? "settled" : "not settled: the first seconds may be slow, give it more time");
}

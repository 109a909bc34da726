using System;
using System.Globalization;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>
/// How many mutated frames each decoder gets: 100,000, or what <c>QUOTER_FUZZ_FRAMES</c> says (at least 1,000).
/// </summary>
internal static class FuzzCount
{
    private const int Usual = 100_000;

    public static int Frames { get; } = Environment.GetEnvironmentVariable("QUOTER_FUZZ_FRAMES") is { Length: > 0 } text
        ? Math.Max(1_000, int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
        : Usual;
}

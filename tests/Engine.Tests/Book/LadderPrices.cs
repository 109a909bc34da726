using System;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>Prices as markets and adversaries send them.</summary>
internal static class LadderPrices
{
    public static readonly string[] All =
    [
        "near", "drift", "walk", "halving", "outliers", "thousandfold", "sparse", "coarse", "off-grid", "primes",
            "extreme",
        "tiny", "flapping", "deep",
    ];

    /// <summary>The next price of a pattern; <paramref name="touch"/> is the market's state.</summary>
    public static long Next(string pattern, Random random, int step, ref long touch)
    {
        var spread = random.Next(5) != 0 ? random.Next(17) : random.Next(400);
        switch (pattern)
        {
            case "near":
                return touch + spread;
            case "drift":
                touch += random.Next(3);
                return touch + spread;
            case "walk":
                touch = Math.Max(1_000, touch + random.Next(-2_000, 2_001));
                return touch + random.Next(30_000);
            case "halving":
                touch = step % 700 == 699 ? (random.Next(2) == 0 ? Math.Max(touch / 2, 1_000) : touch * 2) : touch;
                touch = touch > 1L << 50 ? 6_183_763 : touch;
                return touch + spread;
            case "outliers":
                return random.Next(10) == 0 ? random.NextInt64(1, 1L << random.Next(1, 62)) : touch + spread;
            case "thousandfold":
                return (touch + spread) * (random.Next(20) == 0 ? 1_000 : 1);
            case "sparse":
                return touch + random.Next(-2_000_000, 2_000_000);
            case "coarse":
                return 50 * ((touch / 50) + spread);
            case "off-grid":
                return (50 * ((touch / 50) + spread)) + (random.Next(200) == 0 ? random.Next(50) : 0);
            case "primes":
                return 7_919 * ((touch / 7_919) + spread + (random.Next(500) == 0 ? random.Next(60_000) : 0));
            case "extreme":
                return random.Next(4) switch
                {
                    0 => long.MaxValue - random.Next(40),
                    1 => 1 + random.Next(40),
                    2 => (long.MaxValue / 2) + random.Next(40),
                    _ => (1L << random.Next(63)) + random.Next(3),
                };
            case "tiny":
                return 1 + random.Next(20);
            case "flapping":
                return (step / 40 % 2 == 0 ? touch : touch * 3) + spread;
            default:
                return touch + random.Next(60_000);
        }
    }
}

using System;
using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;
using NUnit.Framework;

namespace LowLatencyQuoter.Testing;

/// <summary>
/// Randomness of tests: a seed that is printed, taken from <c>QUOTER_SEED</c> when that is set, so that a failure can
/// be run again.
/// </summary>
public static class Seeded
{
    /// <summary>A generator with a printed seed.</summary>
    public static Random Random()
    {
        var seed = Environment.GetEnvironmentVariable("QUOTER_SEED") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : System.Random.Shared.Next();
        TestContext.Out.WriteLine($"seed: QUOTER_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>
    /// Checks a FsCheck property; a failure shows the shrunk counterexample and what replays it: that text in
    /// <c>QUOTER_REPLAY</c>, as <c>(seed,gamma)</c> or <c>(seed,gamma,size)</c>, begins there.
    /// </summary>
    public static void Check(Property property, int runs = 200)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs);
        if (Environment.GetEnvironmentVariable("QUOTER_REPLAY") is { Length: > 0 } text)
        {
            config = config.WithReplay(FSharpOption<Replay>.Some(ReplayOf(text)));
        }

        property.Check(config);
    }

    private static Replay ReplayOf(string text)
    {
        var parts = text.Trim('(', ')', ' ').Split(',');
        if (parts.Length is < 2 or > 3)
        {
            throw new FormatException($"QUOTER_REPLAY is '{text}'; expected (seed,gamma) or (seed,gamma,size)");
        }

        var invariant = CultureInfo.InvariantCulture;
        var start = new Rnd(ulong.Parse(parts[0], invariant), ulong.Parse(parts[1], invariant));
        return new Replay(start, parts.Length == 3 ? FSharpOption<int>.Some(int.Parse(parts[2], invariant)) : null);
    }
}

using System;
using FsCheck;
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
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : System.Random.Shared.Next();
        TestContext.Out.WriteLine($"seed: QUOTER_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>Checks a FsCheck property; a failure shows the shrunk counterexample and its replay seed.</summary>
    public static void Check(Property property, int runs = 200) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
}

using System;
using System.Diagnostics;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Testing;

/// <summary>Waits for something to become true, with a limit; the result never rests on how long that took.</summary>
public static class Eventually
{
    /// <summary>Looks every few milliseconds; fails the test, with what is known, when the limit has passed.</summary>
    public static async Task HoldsAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                Assert.Fail($"not within {limit.TotalSeconds} s: {otherwise()}");
            }

            await Task.Delay(5);
        }
    }
}

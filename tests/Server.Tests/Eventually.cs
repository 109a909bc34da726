using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>Waits for a condition that another thread brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task That(Func<bool> condition, string what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (DateTime.UtcNow > end)
            {
                Assert.Fail($"did not happen within {Patience.TotalSeconds} s: {what}");
            }

            await Task.Delay(5);
        }
    }
}

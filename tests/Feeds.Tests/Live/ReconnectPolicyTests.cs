using System;
using System.Linq;
using LowLatencyQuoter.Feeds.Live;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

public sealed class ReconnectPolicyTests
{
    [Test]
    public void WaitsGrowWithJitterUpToTheBound()
    {
        var longest = new int[12];
        var shortest = Enumerable.Repeat(int.MaxValue, longest.Length).ToArray();
        var sums = new long[longest.Length];
        const int Runs = 2_000;
        for (var seed = 0; seed < Runs; seed++)
        {
            var policy = new ReconnectPolicy(TimeSpan.FromSeconds(5), new Random(seed));
            for (var attempt = 0; attempt < longest.Length; attempt++)
            {
                Assert.That(policy.Attempts, Is.EqualTo(attempt));
                var delay = policy.NextDelayMillis();
                longest[attempt] = Math.Max(longest[attempt], delay);
                shortest[attempt] = Math.Min(shortest[attempt], delay);
                sums[attempt] += delay;
            }
        }

        for (var attempt = 0; attempt < longest.Length; attempt++)
        {
            var bound = Math.Min(5_000, 100 * (1 << attempt));
            Assert.That(longest[attempt], Is.LessThan(bound).And.GreaterThan(bound * 0.95), $"attempt {attempt}");
            Assert.That(shortest[attempt], Is.InRange(0, bound / 20), $"attempt {attempt}");
            Assert.That(
                (double)sums[attempt] / Runs, Is.EqualTo(bound / 2.0).Within(bound * 0.05), $"attempt {attempt}");
        }
    }

    [Test]
    public void ConnectionThatHasProvenItselfStartsAnew()
    {
        var policy = new ReconnectPolicy(TimeSpan.FromSeconds(30), new Random(1));
        for (var attempt = 0; attempt < 100; attempt++)
        {
            Assert.That(policy.NextDelayMillis(), Is.InRange(0, 30_000));
        }

        policy.Reset();

        Assert.That(policy.Attempts, Is.Zero);
        Assert.That(policy.NextDelayMillis(), Is.LessThan(100));
    }
}

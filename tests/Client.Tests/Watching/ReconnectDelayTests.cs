using System;
using System.Linq;
using LowLatencyQuoter.Client.Watching;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Watching;

/// <summary>Waits between attempts.</summary>
public sealed class ReconnectDelayTests
{
    private static readonly double[] Nominal = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000];

    [Test]
    public void WaitsDoubleUpToFiveSecondsWithSomeJitter()
    {
        var delay = new ReconnectDelay(Seeded.Random());

        var factors = Nominal.Select(nominal => delay.Next().TotalMilliseconds / nominal).ToArray();

        Assert.That(factors, Has.All.InRange(0.8, 1.2));
        Assert.That(factors.Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void ResetBeginsAgain()
    {
        var delay = new ReconnectDelay(Seeded.Random());
        delay.Next();
        delay.Next();

        delay.Reset();

        Assert.That(delay.Next(), Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(300)));
    }
}

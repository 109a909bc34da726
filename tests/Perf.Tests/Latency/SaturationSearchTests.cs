using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

/// <summary>The search on a path whose capacity is known.</summary>
[TestFixture]
internal sealed class SaturationSearchTests
{
    private static readonly string[] Parts = ["decode", "publish"];

    [TestCase(123_456, 1_000.0)]
    [TestCase(123_456, 100_000.0, 200_000)]
    [TestCase(123_456, 500_000.0, 1_000_000)]
    [TestCase(3, 100_000.0)]
    [TestCase(9_000_000, 10.0)]
    public void RatesOnBothSidesOfTheCapacityAreFoundCloseToEachOther(double capacity, params double[] given)
    {
        var (rates, found) = Search(capacity, given);

        Assert.That(found.SustainedPerSecond, Is.LessThanOrEqualTo(capacity));
        Assert.That(found.UnsustainedPerSecond, Is.GreaterThan(capacity));
        Assert.That(
            found.UnsustainedPerSecond / found.SustainedPerSecond,
            Is.LessThanOrEqualTo(1.1).Or.LessThanOrEqualTo((capacity + 1) / Math.Floor(capacity)),
            "or whole messages a second apart");
        Assert.That(found.LongestStages, Is.EqualTo("publish, then decode"));
        Assert.That(
            rates.Where(static rate => !rate.IsSearched).Select(static rate => rate.OfferedPerSecond),
            Is.EqualTo(given), "what was asked for is not measured again");
    }

    [Test]
    public void CapacityBeyondAllThatCanBeOfferedIsNotFound()
    {
        var (rates, found) = Search(double.PositiveInfinity, 100_000);

        Assert.That(found, Is.EqualTo(new Saturation(LatencyPlan.RateMax, 0, "")));
        Assert.That(rates, Has.Count.LessThan(10));
        Assert.That(found.ToString(), Does.Contain("no faster rate was found"));
    }

    [Test]
    public void PathThatSustainsNothingEndsTheSearch()
    {
        var (_, found) = Search(0.5, 1_000);

        Assert.That(found.SustainedPerSecond, Is.Zero);
        Assert.That(found.UnsustainedPerSecond, Is.LessThan(2));
    }

    [Test]
    public void RateWithOneBadWindowHasASecondChance()
    {
        var calls = 0;
        var plan = new LatencyPlan { Rates = [1_000], Windows = 1, FindsSaturation = true };
        var series = new RateSeries(
            plan,
            new StepCount(1, StepProgress.Silent()),
            (rate, _) => Window(rate, rate > 4_000 || calls++ == 1 ? rate / 2 : rate),
            static () => []);
        var (rates, found) = series.Run(Parts);

        Assert.That(found!.SustainedPerSecond, Is.InRange(3_700, 4_000));
        Assert.That(rates.Single(static rate => rate.OfferedPerSecond == 2_000).Windows, Has.Count.EqualTo(3),
            "the two disagree");
        Assert.That(found.HeldWhenRetried, Is.EqualTo(1));
        Assert.That(found.RetriedRates, Is.EqualTo(rates.Count(static rate => rate.Windows.Count != 1)));
        Assert.That(rates.Select(static rate => rate.OfferedPerSecond), Is.Ordered);
    }

    [TestCase(true, 1, 1, 5_800, 6_000)]
    [TestCase(false, 1, 0, 1_800, 2_000)]
    public void RateThatFailsBelowOneThatHoldsIsTriedAgainBeforeItCounts(
        bool holdsThen, int retried, int held, double least, double most)
    {
        var tries = 0;
        var search = new SaturationSearch(
            rate => Report(rate, rate <= 6_000 && (holdsThen || rate < 2_000)),
            rate =>
            {
                tries++;
                return rate with { Windows = [.. rate.Windows, Window(2_000, holdsThen ? 2_000 : 1_000)] };
            });
        var rates = search.Run([Report(1_000, true), Report(2_000, false), Report(4_000, true)]);
        var found = search.Found(Parts);

        Assert.That(tries, Is.EqualTo(1));
        Assert.That(found.SustainedPerSecond, Is.InRange(least * 0.9, most));
        Assert.That((found.RetriedRates, found.HeldWhenRetried), Is.EqualTo((retried, held)));
        Assert.That(
            found.ToString(), Does.EndWith($"rates that failed and were tried again: {retried}, of which {held} held"));
        Assert.That(rates.Single(static rate => rate.OfferedPerSecond == 2_000).IsRetried, Is.True);
        Assert.That(rates.Select(static rate => rate.OfferedPerSecond), Is.Ordered);

        static RateReport Report(double rate, bool holds) => new(rate, [Window(rate, holds ? rate : rate / 2)]);
    }

    [Test]
    public void RateInDoubtIsMeasuredInAsManyWindowsAsBefore()
    {
        var calls = 0;
        var plan = new LatencyPlan { Rates = [1_000, 2_000], Windows = 2, FindsSaturation = true };
        var series = new RateSeries(
            plan,
            new StepCount(1, StepProgress.Silent()),
            (rate, _) => Window(rate, calls++ < 2 || rate > 2_000 ? rate / 2 : rate),
            static () => []);
        var (rates, found) = series.Run(Parts);

        Assert.That(rates[0].Windows, Has.Count.EqualTo(4));
        Assert.That((rates[0].IsRetried, rates[0].IsSustained, rates[0].IsSearched), Is.EqualTo((true, true, false)));
        Assert.That(found!.SustainedPerSecond, Is.EqualTo(2_000));
    }

    private static (IReadOnlyList<RateReport> Rates, Saturation Found) Search(double capacity, params double[] given)
    {
        var search = new SaturationSearch(
            Measure, static rate => throw new InvalidOperationException($"{rate.Key} is in no doubt"));
        var rates = search.Run([.. given.Select(Measure)]);
        return (rates, search.Found(Parts));

        RateReport Measure(double rate) => new(rate, [Window(rate, rate <= capacity ? rate : rate * 0.9)]);
    }

    private static WindowReport Window(double rate, double through)
    {
        Histogram[] stages = [new(StampTable.Layout), new(StampTable.Layout), new(StampTable.Layout)];
        stages[0].Record(10);
        stages[1].Record(20);
        stages[2].Record(30);
        return new WindowReport
        {
            Started = DateTimeOffset.UnixEpoch,
            Seconds = rate / through,
            Messages = (long)Math.Ceiling(rate),
            Lost = 0,
            Stages = stages,
            Collections = default,
            AllocatedBytes = [],
            Stalls = [],
        };
    }
}

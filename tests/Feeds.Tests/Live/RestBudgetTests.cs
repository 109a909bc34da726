using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

public sealed class RestBudgetTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000 * Millisecond;

    /// <summary>
    /// All symbols want a snapshot at once, at a venue that counts in minutes of its own and bans at the first request
    /// too many.
    /// </summary>
    [Test]
    public void TwoHundredSymbolsAreServedWithoutARefusalInTheLeastTimeThereIs(
        [Values(50, 250)] int weight, [Values(0, 17, 59)] int minuteBegins)
    {
        const int Symbols = 200;
        const int Limit = 6_000;
        var random = Seeded.Random();
        var budget = new RestBudget([new RestLimit(Limit, TimeSpan.FromMinutes(1))]);
        var arrivals = new List<long>();
        var now = 0L;
        for (; arrivals.Count < Symbols; now += 5 * Millisecond)
        {
            if (budget.TryTake(weight, now))
            {
                arrivals.Add(now + random.NextInt64(RestBudget.Spread.Ticks * 100));
            }
        }

        var busiest = arrivals
            .GroupBy(arrival => (arrival + (minuteBegins * Second)) / (60 * Second))
            .Max(minute => minute.Count() * weight);
        Assert.That(busiest, Is.LessThanOrEqualTo(Limit));
        var rounds = (Symbols * weight + Limit - 1) / Limit;
        Assert.That(now, Is.LessThan(((rounds - 1) * 61 * Second) + Second));
    }

    [Test]
    public void NoWindowOfAnyLimitHoldsMoreThanTheLimit()
    {
        var random = Seeded.Random();
        RestLimit[] limits = [new(40, TimeSpan.FromSeconds(1)), new(150, TimeSpan.FromSeconds(20))];
        var budget = new RestBudget(limits);
        var granted = new List<(long Nanos, int Weight)>();
        for (var now = 0L; now < 120 * Second; now += random.NextInt64(100 * Millisecond))
        {
            var weight = random.Next(1, 12);
            var fits = limits.All(limit => granted
                .Where(earlier => now - earlier.Nanos <= (limit.Window + RestBudget.Spread).Ticks * 100)
                .Sum(static earlier => earlier.Weight) + weight <= limit.Weight);

            Assert.That(budget.TryTake(weight, now), Is.EqualTo(fits));
            if (fits)
            {
                granted.Add((now, weight));
            }
        }

        Assert.That(granted, Has.Count.GreaterThan(50));
    }

    [Test]
    public void WhatIsSentAnywayCountsAsWell()
    {
        var budget = new RestBudget([new RestLimit(10, TimeSpan.FromSeconds(10))]);
        budget.Take(8, 0);

        Assert.That(budget.TryTake(3, 1), Is.False);
        Assert.That(budget.TryTake(2, 2), Is.True);
    }

    [Test]
    public void RefusalPausesEverythingUntilItsEnd()
    {
        var budget = new RestBudget([]);
        budget.PauseUntil(5 * Second);
        budget.PauseUntil(3 * Second);

        Assert.That(budget.TryTake(1, (5 * Second) - 1), Is.False);
        Assert.That(budget.TryTake(1, 5 * Second), Is.True);
    }

    [Test]
    public void RequestThatWeighsMoreThanTheLimitIsNotHeldBackForEver()
    {
        var budget = new RestBudget([new RestLimit(10, TimeSpan.FromSeconds(1))]);

        Assert.That(budget.TryTake(11, 0), Is.True);
        Assert.That(budget.TryTake(1, 1), Is.False);
    }
}

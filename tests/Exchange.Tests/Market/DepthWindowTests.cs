using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Market;

internal sealed class DepthWindowTests
{
    [Test]
    public void WhatIsPublishedMakesTheBestLevelsOfTheBook(
        [Values] bool bids, [Values(1, 5, 40)] int depth, [Values] bool deletesFallen)
    {
        var random = Seeded.Random();
        var side = bids ? Side.Bid : Side.Ask;
        var book = new SimulatedBook(new Listing(InstrumentProfile.Known[0], "X", 0, 0));
        var window = new DepthWindow(book.Side(side), depth, deletesFallen);
        var client = new SortedDictionary<long, long>();
        var published = new List<(long Ticks, long Lots)>();
        for (var round = 0; round < 3_000; round++)
        {
            for (var change = random.Next(6); change > 0; change--)
            {
                book.Set(side, random.Next(1, 80), random.Next(3) == 0 ? 0 : random.Next(1, 5));
            }

            published.Clear();
            window.Advance(published);
            Assert.That(published.Select(level => level.Ticks), Is.Unique);
            foreach (var (ticks, lots) in published)
            {
                Assert.That(client.GetValueOrDefault(ticks), Is.Not.EqualTo(lots), "nothing is said twice");
                client[ticks] = lots;
                if (lots == 0)
                {
                    client.Remove(ticks);
                }
            }

            while (!deletesFallen && client.Count > depth)
            {
                client.Remove(bids ? client.First().Key : client.Last().Key);
            }

            var levels = book.Side(side);
            var best = Enumerable.Range(0, Math.Min(depth, levels.Count))
                .Select(rank => (levels.TicksAt(rank), levels.LotsAt(rank))).ToArray();
            Assert.That(window.Held, Is.EqualTo(best));
            var held = client.Select(level => (level.Key, level.Value));
            Assert.That(bids ? held.Reverse() : held, Is.EqualTo(best));
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>The deepest quote there is: a thousand levels a side of ten venues.</summary>
public sealed class DeepQuoteTests
{
    private const int Venues = 10;
    private const int Levels = 1_000;

    [Test]
    public void ThousandLevelsOfTenVenuesAreThoseOfThePlainRules([Values] BookStructure structure)
    {
        var random = Seeded.Random();
        var definitions = Enumerable.Range(0, Venues)
            .Select(static venue => Scenario.Socket with { Venue = $"venue{venue}" })
            .ToArray();
        using var scenario = new Scenario(structure, Levels, definitions);
        var reference = new ReferenceHandler(Levels, definitions);
        for (var venue = 0; venue < Venues; venue++)
        {
            scenario.Subscribe(venue);
            reference.Handle(new Message(EventKind.Subscribed) { Book = venue }, scenario.Nanos);
            Both(Message.Snapshot(1, "") with { Book = venue, Levels = Some(random, 400, 300) });
        }

        Assert.That(scenario.Reader.TryReadLatest(), Is.True);
        Assert.That((scenario.Reader.Bids.Length, scenario.Reader.Asks.Length), Is.EqualTo((Levels, Levels)));
        for (var message = 0; message < 60; message++)
        {
            var levels = Some(random, random.Next(1, 40), random.Next(10) == 0 ? 300 : 20, withDeletes: true);
            Both(Message.Update(0, 0, "") with { Book = random.Next(Venues), Levels = levels });
        }

        void Both(Message message)
        {
            scenario.NewQuotes();
            scenario.Send(message);
            reference.Handle(message, scenario.Nanos);
            var quotes = scenario.NewQuotes();
            Assert.That(quotes, Has.Count.LessThanOrEqualTo(1));
            if (quotes.Count != 0)
            {
                Assert.That(quotes[0], Is.EqualTo(reference.Quote()));
            }
        }
    }

    private static (Side Side, long Price, long Quantity)[] Some(
        Random random, int count, int width, bool withDeletes = false)
    {
        var levels = new List<(Side, long, long)>();
        for (var level = 0; level < count; level++)
        {
            var quantity = withDeletes && random.Next(3) == 0 ? 0 : random.Next(1, 9);
            levels.Add(random.Next(2) == 0
                ? (Side.Bid, 5_000L - random.Next(width), quantity)
                : (Side.Ask, 5_001L + random.Next(width), quantity));
        }

        return [.. levels];
    }
}

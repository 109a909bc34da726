using System;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>The structure of the books is nobody's business but theirs: the same events give the same quotes.</summary>
public sealed class BookStructureTests
{
    private static readonly BookDefinition[] Venues =
    [
        Scenario.Rest with { CrossedGraceNanos = 8_000_000 },
        Scenario.Socket with { WindowLevels = 12 },
        Scenario.Whole with { DustNotional = 9_000 },
        Scenario.Rest with { ChainRule = ChainRule.Rising, DustQuantity = 45, DustScale = 1 },
        Scenario.Rest with { SnapshotLevels = 3 },
    ];

    [Test]
    public void RandomEventsGiveTheSameBooksAndQuotes() => Seeded.Check(
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            static seed =>
            {
                Run(new Random(seed));
                return true;
            }),
        40);

    [Test]
    public void StructureThatDoesNotExistIsRefused() =>
        Assert.That(
            () => QuoterPipeline.Make(
                (BookStructure)99,
                new BookTable(["a"], [Scenario.Socket]),
                new PipelineOptions { Lanes = 1 },
                new ManualClock()),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("no such structure"));

    private static void Run(Random random)
    {
        var levels = random.Next(1, 30);
        using var ladder = new Scenario(BookStructure.Ladder, levels, Venues);
        using var reference = new Scenario(BookStructure.Reference, levels, Venues);
        var model = new ReferenceHandler(levels, Venues);
        var traffic = new RandomTraffic(random, model.Venues);
        for (var count = 0; count < 250; count++)
        {
            var message = traffic.Next();
            ladder.Send(message);
            reference.Send(message);
            model.Handle(message, ladder.Nanos);   // the traffic is made to fit the state of the market

            Assert.That(reference.NewQuotes(), Is.EqualTo(ladder.NewQuotes()), $"message {count}: {message}");
            Assert.That(
                reference.Table.Statuses.Select(Text), Is.EqualTo(ladder.Table.Statuses.Select(Text)),
                $"message {count}: {message}");
            Assert.That(Text(reference.Book(message.Book)), Is.EqualTo(Text(ladder.Book(message.Book))));
        }
    }

    private static string Text(BookStatus status) =>
        $"{status.State} {status.Updates} {status.Snapshots} {status.Gaps} {status.Resyncs} {status.Faults} "
        + $"{status.ChecksumsMatched} {status.BidLevels} {status.AskLevels} {status.Widened} "
        + $"{status.BidHorizon} {status.AskHorizon} {status.KnownBids} {status.KnownAsks} {status.Reseeds}";

    private static string Text(BookCopy book) =>
        $"{book.PriceScale} {book.QuantityScale} {book.LastUpdateId} "
        + string.Join(' ', book.Bids.Concat(book.Asks).Select(static level => $"{level.Price}x{level.Quantity}"));
}

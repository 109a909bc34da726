using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// What cannot be seen in the quote costs the quote stage nothing: no level is read, no slot is opened.
/// </summary>
[NonParallelizable]
public sealed class QuietQuoteTests
{
    private static long Walks => CountingSide<BidSide>.Walks + CountingSide<AskSide>.Walks;

    [TestCase("97x5 96x1 | 103x2 104x0", TestName = "ChangesBehindTheLastRowReadNothing")]
    [TestCase("90x0 | 120x0", TestName = "DeletesOfLevelsThatAreNotThereReadNothing")]
    [TestCase("", TestName = "MessageWithoutLevelsReadsNothing")]
    public void Unseen(string levels)
    {
        using var scenario = Make();
        var (walks, quotes, updates) = (Walks, scenario.QuoteCount, scenario.Status.Updates);

        for (var message = 0; message < 100; message++)
        {
            scenario.Send(Message.Update(0, 0, levels));
        }

        Assert.That(scenario.Status.Updates - updates, Is.EqualTo(100), "the book took them");
        Assert.That(Walks - walks, Is.Zero, "walks over levels");
        Assert.That(scenario.QuoteCount - quotes, Is.Zero);
    }

    [Test]
    public void ChangeOfOneSideReadsThatSideAlone()
    {
        using var scenario = Make();
        var (bids, asks) = (CountingSide<BidSide>.Walks, CountingSide<AskSide>.Walks);

        scenario.Send(Message.Update(0, 0, "99x7"));

        Assert.That(CountingSide<BidSide>.Walks - bids, Is.EqualTo(1));
        Assert.That(CountingSide<AskSide>.Walks - asks, Is.Zero);
        Assert.That(scenario.Quote(), Is.EqualTo("99x7@0 98x1@0 | 101x1@0 102x1@0"));
    }

    [Test]
    public void SameQuantityAgainIsReadAndNotQuoted()
    {
        using var scenario = Make();
        var (walks, quotes) = (Walks, scenario.QuoteCount);

        scenario.Send(Message.Update(0, 0, "99x1"));

        Assert.That(Walks - walks, Is.EqualTo(1), "the counter sees what is read");
        Assert.That(scenario.QuoteCount - quotes, Is.Zero);
    }

    private static Scenario Make()
    {
        var scenario = new Scenario(
            static (table, options, clock) =>
                new BookPipeline<ManualClock, CountingSide<BidSide>, CountingSide<AskSide>>(table, options, clock),
            2,
            Scenario.Socket);
        return scenario.GoLive(1, "99x1 98x1 97x1 | 101x1 102x1 103x1");
    }
}

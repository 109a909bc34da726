using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Live books held against what the venue states of its own, at the same update id.</summary>
public sealed class AuditTests
{
    private Scenario _scenario = null!;

    private BookStatus Status => _scenario.Status;

    [SetUp]
    public void MakeScenario()
    {
        _scenario = new Scenario(Scenario.Rest);
        _scenario.GoLive(100, "99x1 98x2 97x3 96x4 | 101x1 102x2 103x3 104x4");
    }

    [TearDown]
    public void EndScenario() => _scenario.Dispose();

    [Test]
    public void StatementAtTheIdOfTheBookIsCompared()
    {
        _scenario.Send(Begin()).Send(Statement(100, "99x1 98x2 97x3 96x4 | 101x1 102x2 103x3 104x4"));

        Assert.That(Counts(), Is.EqualTo((1L, 0L, 0L)));
        Assert.That(Status.Snapshots, Is.EqualTo(1), "the book does not take it");
    }

    [Test]
    public void StatementThatIsPassedMeanwhileIsBroughtForward()
    {
        _scenario.Send(Begin())
            .Send(Message.Update(101, 105, "99x7 95x1"))
            .Send(Message.Update(106, 110, "98x0 | 101x5"))
            .Send(Statement(103, "99x6 98x2 97x3 96x4 | 101x1 102x2 103x3 104x4"));

        Assert.That(Counts(), Is.EqualTo((1L, 0L, 0L)), "the update that straddles it counts as a whole");
    }

    [Test]
    public void StatementAheadOfTheBookWaitsForTheUpdates()
    {
        _scenario.Send(Begin()).Send(Statement(108, "99x7 97x3 96x4 | 101x5 102x2 103x3 104x4"));
        Assert.That(Counts(), Is.EqualTo((0L, 0L, 0L)));

        _scenario.Send(Message.Update(101, 105, "99x7"));
        Assert.That(Counts(), Is.EqualTo((0L, 0L, 0L)));

        _scenario.Send(Message.Update(106, 110, "98x0 | 101x5"));
        Assert.That(Counts(), Is.EqualTo((1L, 0L, 0L)));
    }

    [TestCase("99x1 97x3 96x4 | 101x1 102x2 103x3 104x4", "bid: 97x3 expected, 98x2 found")]
    [TestCase("99x1 98x2 97x3 96x4 | 101x1 101.5x9 102x2 103x3", "ask: 101.5x9 expected, 102x2 found")]
    [TestCase("99x1 98x2.5 97x3 96x4 | 101x1 102x2", "bid: 98x2.5 expected, 98x2 found")]
    public void LevelThatDiffersIsToldAndTakesTheBookAnewTheSecondTime(string stated, string difference)
    {
        _scenario.Notices();
        _scenario.Send(Begin()).Send(Fine(stated));

        Assert.That(Counts(), Is.EqualTo((1L, 1L, 0L)));
        Assert.That(_scenario.State, Is.EqualTo(BookState.Live), "once is not enough");
        var notice = _scenario.Notices().Single();
        Assert.That((notice.Fault, notice.State), Is.EqualTo((FaultCode.AuditDiffers, BookState.Live)));
        Assert.That(Text(notice.Difference), Is.EqualTo(difference));

        _scenario.Send(Begin()).Send(Fine(stated));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(Status.LastFault, Is.EqualTo((long)FaultCode.AuditDiffers));
        Assert.That(Status.SnapshotsWanted, Is.EqualTo(2));

        _scenario.Send(Message.Snapshot(100, "99x1 | 101x1"));
        Assert.That((_scenario.State, Status.Resyncs), Is.EqualTo((BookState.Live, 1L)));
    }

    [Test]
    public void AgreementBetweenTwoDifferencesForgivesTheFirst()
    {
        const string Whole = "99x1 98x2 97x3 96x4 | 101x1 102x2 103x3 104x4";
        foreach (var stated in new[] { "99x5 98x2 | 101x1 102x2", Whole, "99x5 98x2 | 101x1 102x2", Whole })
        {
            _scenario.Send(Begin()).Send(Statement(100, stated));
        }

        Assert.That(Counts(), Is.EqualTo((4L, 2L, 0L)));
        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void WorseHalfOfAStatementIsNotCompared()
    {
        _scenario.Send(Begin()).Send(Statement(100, "99x1 98x2 97x9 95x4 | 101x1 102x2 105x3 106x4"));

        Assert.That(Counts(), Is.EqualTo((1L, 0L, 0L)));
    }

    [Test]
    public void EmptySideOfAStatementDiffersFromOneWithLevels()
    {
        _scenario.Send(Begin()).Send(Statement(100, "99x1 98x2"));

        Assert.That(Counts(), Is.EqualTo((1L, 1L, 0L)));
    }

    [Test]
    public void StatementThatIsOlderThanTheQuestionProvesNothing()
    {
        _scenario.Send(Message.Update(101, 105, "99x7"))
            .Send(Begin())
            .Send(Statement(103, "99x1 | 101x1"));

        Assert.That(Counts(), Is.EqualTo((0L, 0L, 1L)));
        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    public void StatementOfNoQuestionIsPassedOver()
    {
        _scenario.Send(Statement(100, "50x1 | 60x1"));
        Assert.That(Counts(), Is.EqualTo((0L, 0L, 0L)));
    }

    [Test]
    public void FaultOfTheBookEndsItsAudit()
    {
        _scenario.Send(Begin())
            .Send(Message.Update(150, 150, "99x7"))
            .Send(Message.Snapshot(149, "99x1 | 101x1"))
            .Send(Statement(150, "50x1 | 60x1"));

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(Counts(), Is.EqualTo((0L, 0L, 0L)));
    }

    [Test]
    public void QuestionThatStaysUnansweredIsCounted()
    {
        _scenario.Send(Begin()).Send(Begin());

        Assert.That(Counts(), Is.EqualTo((0L, 0L, 1L)));
    }

    [Test]
    public void RisingNumbersAreBroughtForwardToo()
    {
        using var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(Begin())
            .Send(Message.Update(0, 110, "99x2"))
            .Send(Message.Update(0, 120, "98x2"))
            .Send(Statement(110, "99x2 | 101x1"));

        Assert.That((scenario.Status.Audits, scenario.Status.AuditsDiffering), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void BookOfASocketIsNotAudited()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(100, "99x1 | 101x1").Send(Begin());

        Assert.That((scenario.Status.Audits, scenario.Status.AuditsUnaligned), Is.EqualTo((0L, 0L)));
        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void AuditAllocatesNothing()
    {
        Round();
        using (NoAllocation.Begin())
        {
            Round();
        }
    }

    private void Round()
    {
        var lane = _scenario.Pipeline.Lanes[0];
        lane.TryBegin(0, EventKind.AuditBegins);
        lane.Commit(1);
        lane.TryBegin(0, EventKind.Snapshot);
        lane.Add(Side.Bid, 99, 1);
        lane.Add(Side.Ask, 101, 1);
        lane.Current.LastUpdateId = 100;
        lane.Current.SnapshotWish = BookAudit.Wish;
        lane.Commit(1);
        _scenario.Pipeline.DoWork();
    }

    private static Message Begin() => new(EventKind.AuditBegins);

    private static Message Statement(long id, string levels) =>
        Message.Snapshot(id, levels) with { Wish = BookAudit.Wish };

    /// <summary>On finer scales: a tenth of each price and quantity.</summary>
    private static Message Fine(string levels) =>
        Statement(100, string.Join(' ', levels.Split(' ').Select(Tenths))) with { PriceScale = 1, QuantityScale = 1 };

    private static string Tenths(string level) => level == "|" ? level : string.Join('x', level.Split('x').Select(
        static number => number.Contains('.') ? number.Replace(".", "") : number + "0"));

    private static string Text(BookDifference difference) =>
        $"{(difference.Side == Side.Bid ? "bid" : "ask")}: "
        + $"{Text(difference.Expected, difference.ExpectedPriceScale, difference.ExpectedQuantityScale)} expected, "
        + $"{Text(difference.Found, difference.FoundPriceScale, difference.FoundQuantityScale)} found";

    private static string Text(Level level, int priceScale, int quantityScale) =>
        $"{ScaledText.Format(level.Price, priceScale)}x{ScaledText.Format(level.Quantity, quantityScale)}";

    private (long Audits, long Differing, long Unaligned) Counts() =>
        (Status.Audits, Status.AuditsDiffering, Status.AuditsUnaligned);
}

using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Snapshots from REST that may be another book's, or out of a cache, until an update proves them.</summary>
public sealed class UnprovenSnapshotTests
{
    private const string Own = "99x1 | 101x1";
    private const string Other = "7x1 | 8x1";
    private Scenario _scenario = null!;

    private BookStatus Status => _scenario.Status;

    [SetUp]
    public void MakeScenario() => _scenario = new Scenario(Scenario.Rest);

    [TearDown]
    public void EndScenario() => _scenario.Dispose();

    [Test]
    public void SnapshotAheadOfTheUpdatesWaitsForTheOneThatLeadsOn()
    {
        _scenario.Subscribe().Send(Message.Update(95, 97, "98x5"));
        Answer(100, Own);

        Assert.That((_scenario.State, Status.HoldsSnapshot), Is.EqualTo((BookState.Buffering, true)));
        Assert.That((_scenario.QuoteCount, Status.SnapshotsWanted), Is.EqualTo((0L, 2L)), "another one is wanted");

        _scenario.Send(Message.Update(98, 99, "98x6"));
        Assert.That(_scenario.State, Is.EqualTo(BookState.Buffering));
        _scenario.Send(Message.Update(100, 102, "98x7"));

        Assert.That((_scenario.State, Status.HoldsSnapshot), Is.EqualTo((BookState.Live, false)));
        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x7@0 | 101x1@0"));
        Assert.That((_scenario.QuoteCount, Status.Updates, Status.Ignored), Is.EqualTo((1L, 1L, 2L)));
        Assert.That(_scenario.Book().LastUpdateId, Is.EqualTo(102));
        Assert.That((Status.SnapshotsUnproven, Status.Gaps), Is.EqualTo((0L, 0L)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void UpdateThatEndsWhereTheSnapshotIsProvesIt(bool comesBefore)
    {
        _scenario.Subscribe();
        if (comesBefore)
        {
            _scenario.Send(Message.Update(95, 100, "98x5"));
            Answer(100, Own);
        }
        else
        {
            Answer(100, Own);
            _scenario.Send(Message.Update(95, 100, "98x5"));
        }

        Assert.That((_scenario.State, _scenario.Quote()), Is.EqualTo((BookState.Live, "99x1@0 | 101x1@0")));
    }

    [Test]
    public void SnapshotOfAnotherBookIsNeverQuotedAndIsGivenUp()
    {
        _scenario.Subscribe();
        Answer(1_000_000, Other);
        for (var id = 1L; id <= 64; id++)
        {
            _scenario.Send(Message.Update(id, id, "98x1"));
            Assert.That((_scenario.State, Status.HoldsSnapshot), Is.EqualTo((BookState.Buffering, true)));
        }

        _scenario.Send(Message.Update(65, 65, "98x1"));
        Assert.That((Status.HoldsSnapshot, Status.SnapshotsUnproven), Is.EqualTo((false, 1L)));
        Assert.That((Status.SnapshotsWanted, _scenario.QuoteCount), Is.EqualTo((2L, 0L)), "one is wanted already");

        Answer(60, Own);

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 | 101x1@0"));
    }

    [Test]
    public void NextSnapshotTakesThePlaceOfTheOneThatIsHeld()
    {
        _scenario.Subscribe().Send(Message.Update(1, 1, "98x1"));
        Answer(1_000_000, Other);
        _scenario.Send(Message.Update(2, 2, "98x2"));
        Answer(1, Own);

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0"));
        Assert.That((_scenario.QuoteCount, Status.HoldsSnapshot), Is.EqualTo((1L, false)));
    }

    [Test]
    public void UpdateBeyondTheSnapshotThatIsHeldAsksForAnother()
    {
        _scenario.Subscribe();
        Answer(100, Other);
        _scenario.Send(Message.Update(105, 106, "98x1"));

        Assert.That((_scenario.State, Status.HoldsSnapshot), Is.EqualTo((BookState.Buffering, false)));
        Assert.That((Status.SnapshotsTooOld, Status.SnapshotsWanted), Is.EqualTo((1L, 2L)));

        Answer(105, Own);

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 | 101x1@0"));
    }

    [Test]
    public void QuietBookIsLiveWhenTheVenueStatesItTwice()
    {
        _scenario.Subscribe();
        Answer(100, Own);
        Assert.That(_scenario.State, Is.EqualTo(BookState.Buffering));
        Answer(100, Own);

        Assert.That((_scenario.State, _scenario.Quote()), Is.EqualTo((BookState.Live, "99x1@0 | 101x1@0")));

        _scenario.Send(Message.Update(101, 102, "98x2")).Send(Message.Update(90, 91, "98x9"));

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0"));
        Assert.That((Status.SnapshotsUnproven, Status.Ignored), Is.EqualTo((0L, 1L)));
    }

    [Test]
    public void StatementsThatDifferAreOnlyHeld()
    {
        _scenario.Subscribe();
        Answer(100, Other);
        Answer(103, Own);

        Assert.That((_scenario.State, Status.SnapshotsUnproven), Is.EqualTo((BookState.Buffering, 1L)));

        Answer(103, Own);

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"));
    }

    [Test]
    public void UpdateBetweenTwoStatementsIsNoQuiet()
    {
        _scenario.Subscribe();
        Answer(100, Other);
        _scenario.Send(Message.Update(1, 1, "98x1"));
        Answer(100, Other);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Buffering));
        Assert.That((_scenario.QuoteCount, Status.SnapshotsUnproven), Is.EqualTo((0L, 1L)));
    }

    [Test]
    public void FirstUpdateThatIsOlderTakesTheTentativeBookOut()
    {
        _scenario.Subscribe();
        Answer(1_000_000, Other);
        Answer(1_000_000, Other);
        _scenario.Send(Message.Update(5, 6, "98x1"));

        Assert.That((_scenario.State, _scenario.Quote()), Is.EqualTo((BookState.Gapped, "|")));
        Assert.That((FaultCode)Status.LastFault, Is.EqualTo(FaultCode.SnapshotUnproven));
        Assert.That((Status.SnapshotsUnproven, Status.Faults), Is.EqualTo((1L, 1L)));

        Answer(5, Own);

        Assert.That(_scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 | 101x1@0"), "what it showed is no bound for ids");
    }

    [Test]
    public void TimesAreProvenByAnUpdateThatIsNotNewer()
    {
        using var scenario = Rising();
        Answer(100, Own, scenario);
        Assert.That(scenario.State, Is.EqualTo(BookState.Buffering), "updates before the first may be missing");

        scenario.Send(Message.Update(105, 105, "98x1"));
        Assert.That((scenario.Status.HoldsSnapshot, scenario.Status.SnapshotsUnproven), Is.EqualTo((false, 1L)));

        Answer(104, Own, scenario);
        Assert.That(scenario.Status.SnapshotsTooOld, Is.EqualTo(1));
        Answer(106, "99x2 98x1 | 101x1", scenario);
        scenario.Send(Message.Update(107, 107, "99x3"));

        Assert.That(scenario.Quote(), Is.EqualTo("99x3@0 98x1@0 | 101x1@0"));
    }

    [Test]
    public void UpdateOnItsWayProvesATime()
    {
        using var scenario = Rising();
        Answer(100, Own, scenario);
        scenario.Send(Message.Update(99, 99, "98x9")).Send(Message.Update(101, 101, "98x2"));

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0"));
    }

    [Test]
    public void QuietBookOfTimesIsTakenAnewWithItsFirstUpdate()
    {
        using var scenario = Rising();
        Answer(100, Own, scenario);
        Answer(101, Own, scenario);
        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 | 101x1@0"));

        scenario.Send(Message.Update(110, 110, "98x2"));
        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Gapped, "|")));

        Answer(109, Own, scenario);
        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Answer(110, "99x1 98x2 | 101x1", scenario);

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x2@0 | 101x1@0"));
    }

    [Test]
    public void FaultForgetsWhatIsHeld()
    {
        _scenario.Subscribe();
        Answer(100, Own);
        _scenario.Send(new Message(EventKind.Fault) { Fault = FaultCode.MalformedMessage });
        Assert.That(Status.HoldsSnapshot, Is.False);
        Answer(100, Own);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Gapped), "one statement since");
    }

    [Test]
    public void CrossOfASnapshotThatIsHeldCountsFromItsProof()
    {
        _scenario.Subscribe();
        Answer(100, "102x1 | 101x1");
        _scenario.Send(Message.Update(99, 100, "1x1"), afterMillis: 3_000).Wait(400);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Live));

        _scenario.Wait(200);

        Assert.That(_scenario.State, Is.EqualTo(BookState.Suspect));
    }

    private static Scenario Rising()
    {
        var scenario = new Scenario(Scenario.Rest with { ChainRule = ChainRule.Rising });
        return scenario.Subscribe();
    }

    /// <summary>The venue answers what was asked last.</summary>
    private void Answer(long id, string levels, Scenario? scenario = null)
    {
        scenario ??= _scenario;
        scenario.Send(Message.Snapshot(id, levels) with { Wish = scenario.Status.SnapshotsWanted });
    }
}

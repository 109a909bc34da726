using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Books that live from the socket alone and are proven by their ids, as on OKX and Bybit.</summary>
public sealed class ChainedSocketBookTests
{
    private static readonly BookDefinition Linked = Scenario.Socket with { ChainRule = ChainRule.Linked };
    private static readonly BookDefinition Successive = Scenario.Socket with { ChainRule = ChainRule.Successive };

    [Test]
    public void LinkedIdsMayJumpRestAndFall()
    {
        using var scenario = new Scenario(Linked);
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(100, 107, "98x1"))
            .Send(Message.Update(107, 107, ""))
            .Send(Message.Update(107, 3, "97x1"))
            .Send(Message.Update(3, 40, "96x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 97x1@0 96x1@0 | 101x1@0"));
        Assert.That((scenario.Status.Updates, scenario.Status.Gaps), Is.EqualTo((4L, 0L)));
        Assert.That(scenario.Status.Unproven, Is.Zero);
        Assert.That(scenario.Book().LastUpdateId, Is.EqualTo(40));
    }

    [Test]
    public void LinkThatIsMissingLeavesTheQuoteUntilTheNextSnapshot()
    {
        using var scenario = new Scenario(Linked);
        scenario.GoLive(100, "99x1 | 101x1").Notices();
        scenario.Send(Message.Update(104, 107, "98x1"));

        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Gapped, "|")));
        Assert.That((scenario.Status.Gaps, scenario.Status.SnapshotsWanted), Is.EqualTo((1L, 1L)));
        var notice = scenario.Notices().Single();
        Assert.That((notice.Fault, notice.Expected, notice.Received), Is.EqualTo((FaultCode.Gap, 100L, 104L)));

        scenario.Send(Message.Update(107, 109, "97x1")).Send(Message.Snapshot(2, "99x2 | 101x2"));
        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Live, "99x2@0 | 101x2@0")));
        Assert.That((scenario.Status.Resyncs, scenario.Status.Ignored), Is.EqualTo((1L, 2L)));
    }

    [Test]
    public void UpdatesWithoutIdsAreAppliedAndSaidToBeUnproven()
    {
        using var scenario = new Scenario(Linked);
        scenario.GoLive(0, "99x1 | 101x1")
            .Send(Message.Update(0, 0, "98x1"))
            .Send(Message.Update(0, 0, "97x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That((scenario.Status.Updates, scenario.Status.Unproven), Is.EqualTo((2L, 2L)));
    }

    [Test]
    public void UpdateWithoutIdsBehindOneThatHadThemIsAGap()
    {
        using var scenario = new Scenario(Linked);
        scenario.GoLive(100, "99x1 | 101x1").Send(Message.Update(0, 0, "98x1"));

        Assert.That((scenario.State, scenario.Status.Unproven), Is.EqualTo((BookState.Gapped, 0L)));
    }

    [Test]
    public void RepetitionOfTheLastMessageChangesNothing([Values] bool linked)
    {
        using var scenario = new Scenario(linked ? Linked : Successive);
        var first = linked ? 100 : 101;
        scenario.GoLive(100, "99x1 | 101x1")
            .Send(Message.Update(first, 101, "98x1"))
            .Send(Message.Update(first, 101, "98x1"));

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That((scenario.Status.Updates, scenario.Status.Ignored), Is.EqualTo((1L, 1L)));
    }

    [TestCase(103)]
    [TestCase(99)]
    [TestCase(1)]
    public void SuccessiveIdThatIsNotTheNextIsAGap(long id)
    {
        using var scenario = new Scenario(Successive);
        scenario.GoLive(100, "99x1 | 101x1").Send(Message.Update(101, 101, "98x1"));
        scenario.Send(Message.Update(id, id, "97x1"));

        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Gapped, "|")));
    }

    [Test]
    public void SnapshotAtAnyTimeReplacesTheBookAndItsCount()
    {
        using var scenario = new Scenario(Successive);
        scenario.GoLive(100, "99x1 98x1 | 101x1")
            .Send(Message.Snapshot(1, "95x5 | 105x5"))
            .Send(Message.Update(2, 2, "96x6"));

        Assert.That(scenario.Quote(), Is.EqualTo("96x6@0 95x5@0 | 105x5@0"));
        Assert.That((scenario.Status.Snapshots, scenario.Status.Gaps), Is.EqualTo((2L, 0L)));
    }

    [Test]
    public void InterleavedChecksumProvesTheBook()
    {
        using var scenario = new Scenario(Linked);
        scenario.GoLive(100, "3366x6 | 3368x8")
            .Send(Message.Update(100, 101, "") with
            {
                Checksum = ReferenceHandler.InterleavedChecksum("3366:6:3368:8"),
                Algorithm = ChecksumAlgorithm.CrcOfInterleavedText,
            });
        Assert.That((scenario.Status.ChecksumsChecked, scenario.Status.ChecksumsMatched), Is.EqualTo((1L, 1L)));

        scenario.Send(Message.Update(101, 102, "3365x5") with
        {
            Checksum = ReferenceHandler.InterleavedChecksum("3366:6:3368:8"),
            Algorithm = ChecksumAlgorithm.CrcOfInterleavedText,
        });
        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(scenario.Status.LastFault, Is.EqualTo((long)FaultCode.ChecksumMismatch));
    }

    [Test]
    public void ChecksumOverNumbersProvesTheBook()
    {
        using var scenario = new Scenario(Linked with { ChainRule = ChainRule.None });
        scenario.GoLive(100, "3366x6 | 3368x8")
            .Send(Message.Update(0, 101, "") with
            {
                Checksum = ReferenceHandler.InterleavedChecksum("3366:6:3368:-8"),
                Algorithm = ChecksumAlgorithm.CrcOfInterleavedNumbers,
            });
        Assert.That((scenario.State, scenario.Status.ChecksumsMatched), Is.EqualTo((BookState.Live, 1L)));

        scenario.Send(Message.Update(0, 102, "") with
        {
            Checksum = ReferenceHandler.InterleavedChecksum("3366:6:3368:8"),
            Algorithm = ChecksumAlgorithm.CrcOfInterleavedNumbers,
        });
        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
    }

    [Test]
    public void GapThatTheReaderSawIsCountedAsOne()
    {
        using var scenario = new Scenario(Linked with { ChainRule = ChainRule.None });
        scenario.GoLive(100, "99x1 | 101x1").Send(new Message(EventKind.Fault) { Fault = FaultCode.Gap });

        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Gapped, "|")));
        Assert.That((scenario.Status.Gaps, scenario.Status.Faults), Is.EqualTo((1L, 0L)));
        scenario.Send(new Message(EventKind.Fault) { Fault = FaultCode.MalformedMessage });
        Assert.That((scenario.Status.Gaps, scenario.Status.Faults), Is.EqualTo((1L, 1L)));
    }

    [TestCase(ChecksumPolicy.Enforce, 1)]
    [TestCase(ChecksumPolicy.Advisory, 1)]
    [TestCase(ChecksumPolicy.Off, 0)]
    public void ChecksumThatCannotBeComparedIsCountedAndNeitherProvesNorRefutes(ChecksumPolicy policy, int counted)
    {
        using var scenario = new Scenario(Linked with { ChecksumPolicy = policy });
        scenario.GoLive(100, "99x1 | 101x1").Send(Message.Update(100, 101, "98x1") with
        {
            Checksum = 7,
            Algorithm = ChecksumAlgorithm.NotComparable,
        });

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(
            (scenario.Status.ChecksumsChecked, scenario.Status.ChecksumsMatched), Is.EqualTo(((long)counted, 0L)));
    }
}

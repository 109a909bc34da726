using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Books that live from the socket alone, with a window and checksums, as on Kraken.</summary>
public sealed class SocketBookTests
{
    private static readonly BookDefinition Window = Scenario.Socket with { WindowLevels = 3 };

    [Test]
    public void BookIsCutToItsWindowAfterEachMessage()
    {
        using var scenario = new Scenario(Window);
        scenario.GoLive(0, "99x1 98x1 97x1 | 101x1").Send(Message.Update(0, 0, "100x5"));

        Assert.That(scenario.Quote(), Is.EqualTo("100x5@0 99x1@0 98x1@0 | 101x1@0"));

        scenario.Send(Message.Update(0, 0, "100x0"));

        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 | 101x1@0"), "97 fell out of the window for good");
    }

    [Test]
    public void RightChecksumKeepsTheBookAndIsCounted()
    {
        using var scenario = new Scenario(Window);
        scenario.Subscribe()
            .Send(Message.Snapshot(0, "99x1 | 101x1") with { Checksum = Crc("1011", "991") })
            .Send(Message.Update(0, 0, "98x20") with { Checksum = Crc("1011", "991", "9820") });

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That((scenario.Status.ChecksumsChecked, scenario.Status.ChecksumsMatched), Is.EqualTo((2L, 2L)));
    }

    [Test]
    public void WrongChecksumLeavesTheQuoteAtOnceAndAsksForASnapshot()
    {
        using var scenario = new Scenario(Window);
        scenario.GoLive(0, "99x1 | 101x1").Notices();
        scenario.Send(Message.Update(0, 0, "98x1") with { Checksum = 12_345 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(scenario.Quote(), Is.EqualTo("|"));
        Assert.That(scenario.NewQuotes().Any(static quote => quote.Contains("98x1", System.StringComparison.Ordinal)),
            Is.False);
        Assert.That(scenario.Status.SnapshotsWanted, Is.EqualTo(1));
        Assert.That((scenario.Status.Faults, scenario.Status.LastFault),
            Is.EqualTo((0L, (long)FaultCode.ChecksumMismatch)));
        var notice = scenario.Notices().Single();
        Assert.That((notice.Expected, notice.Received), Is.EqualTo((12_345L, (long)Crc("1011", "991", "981"))));

        scenario.Send(Message.Update(0, 0, "97x1"));
        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped), "an update heals nothing");
        Assert.That(scenario.Status.Ignored, Is.EqualTo(1));

        scenario.Send(Message.Snapshot(0, "99x1 | 101x1") with { Checksum = Crc("1011", "991") });
        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(scenario.Status.Resyncs, Is.EqualTo(1));
    }

    [TestCase(ChecksumPolicy.Advisory, 1)]
    [TestCase(ChecksumPolicy.Off, 0)]
    public void WrongChecksumIsOnlyCountedWhereThePolicySaysSo(ChecksumPolicy policy, int counted)
    {
        using var scenario = new Scenario(Window with { ChecksumPolicy = policy });
        scenario.GoLive(0, "99x1 | 101x1").Send(Message.Update(0, 0, "98x1") with { Checksum = 12_345 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));
        Assert.That(scenario.Quote(), Is.EqualTo("99x1@0 98x1@0 | 101x1@0"));
        Assert.That((scenario.Status.ChecksumsChecked, scenario.Status.ChecksumsMatched),
            Is.EqualTo(((long)counted, 0L)));
    }

    [Test]
    public void WrongChecksumOfASnapshotNeverGoesLive()
    {
        using var scenario = new Scenario(Window);
        scenario.Subscribe().Send(Message.Snapshot(0, "99x1 | 101x1") with { Checksum = 1 });

        Assert.That(scenario.State, Is.EqualTo(BookState.Gapped));
        Assert.That(scenario.QuoteCount, Is.Zero);
    }

    [Test]
    public void SnapshotInMidStreamReplacesTheBook()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(0, "99x1 98x1 | 101x1").Send(Message.Snapshot(0, "97x2 | 102x2"));

        Assert.That(scenario.Quote(), Is.EqualTo("97x2@0 | 102x2@0"));
        Assert.That((scenario.Status.Snapshots, scenario.Status.Resyncs), Is.EqualTo((2L, 0L)));
    }

    [Test]
    public void RepeatedSnapshotThatChangesNothingIsNotQuoted()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(0, "99x1 98x1 | 101x1").Send(Message.Snapshot(0, "99x1 98x1 | 101x1"));

        Assert.That(scenario.QuoteCount, Is.EqualTo(1));
    }

    [Test]
    public void SnapshotOfSeveralSlotsIsOneSnapshot()
    {
        using var scenario = new Scenario(Scenario.Socket);
        var levels = Enumerable.Range(1, 500).Select(static rank => rank % 2 == 0
            ? (Side.Bid, 10_000L - rank, 1L)
            : (Side.Ask, 10_000L + rank, 1L)).ToArray();
        scenario.Subscribe().Send(Message.Snapshot(0, "") with { Levels = levels });

        Assert.That((scenario.Status.Snapshots, scenario.QuoteCount), Is.EqualTo((1L, 1L)));
        Assert.That((scenario.Status.BidLevels, scenario.Status.AskLevels), Is.EqualTo((250L, 250L)));
    }

    [Test]
    public void BookCrossedBeyondTheGraceIsDoubted()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(0, "99x1 | 101x1").Send(Message.Update(0, 0, "102x1"));
        Assert.That(scenario.State, Is.EqualTo(BookState.Live), "a crossed book has a grace");

        scenario.Wait(500);
        Assert.That(scenario.State, Is.EqualTo(BookState.Live), "not longer than the grace");

        scenario.Wait(1);
        Assert.That(scenario.State, Is.EqualTo(BookState.Suspect));
        Assert.That(scenario.Quote(), Is.EqualTo("|"));
        Assert.That((scenario.Status.Crossed, scenario.Status.SnapshotsWanted, scenario.Status.Faults),
            Is.EqualTo((1L, 1L, 1L)));

        scenario.Send(Message.Snapshot(0, "99x1 | 101x1"));
        Assert.That((scenario.State, scenario.Status.Resyncs), Is.EqualTo((BookState.Live, 1L)));
    }

    [Test]
    public void CrossHealedWithinTheGraceStartsAnew()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(0, "99x1 | 101x1")
            .Send(Message.Update(0, 0, "102x1"))
            .Send(Message.Update(0, 0, "102x0"), afterMillis: 400)
            .Send(Message.Update(0, 0, "102x1"))
            .Wait(400);

        Assert.That(scenario.State, Is.EqualTo(BookState.Live));

        scenario.Wait(200);

        Assert.That(scenario.State, Is.EqualTo(BookState.Suspect));
    }

    [Test]
    public void LargeMessageThatHealsTheCrossIsJudgedAtItsEnd()
    {
        using var scenario = new Scenario(Scenario.Rest);
        var levels = Enumerable.Range(1, 150).Select(static price => (Side.Bid, (long)price, 1L))
            .Append((Side.Bid, 1_002L, 0L)).ToArray();
        scenario.GoLive(100, "999x1 1002x1 | 1001x1")
            .Send(Message.Update(101, 101, "") with { Levels = levels }, afterMillis: 600);

        Assert.That(scenario.State, Is.EqualTo(BookState.Live), "the cross is gone when the message is whole");
        Assert.That(scenario.Book().Bids.Count, Is.EqualTo(151));

        scenario.Send(Message.Update(102, 102, "998x1"));
        Assert.That(scenario.Status.Gaps, Is.Zero);
    }

    [Test]
    public void VenueThatStaysCrossedDoesNotHurtAnother()
    {
        using var scenario = new Scenario(Scenario.Socket, Scenario.Rest);
        scenario.GoLive(0, "102x1 | 101x1").GoLive(7, "99x1 | 101x1", book: 1)
            .Send(Message.Update(8, 8, "98x1") with { Book = 1 }, afterMillis: 600);

        Assert.That(scenario.State, Is.EqualTo(BookState.Suspect));
        Assert.That(scenario.Quote(), Is.EqualTo("99x1@1 98x1@1 | 101x1@1"));
    }

    [Test]
    public void FaultEventTakesTheBookOut()
    {
        using var scenario = new Scenario(Scenario.Socket);
        scenario.GoLive(0, "99x1 | 101x1").Send(new Message(EventKind.Fault) { Fault = FaultCode.RingFull });

        Assert.That((scenario.State, scenario.Quote()), Is.EqualTo((BookState.Gapped, "|")));
        Assert.That((scenario.Status.Faults, scenario.Status.LastFault), Is.EqualTo((1L, (long)FaultCode.RingFull)));
    }

    [Test]
    public void DisconnectionDropsTheLevelsInTheSameEvent()
    {
        using var scenario = new Scenario(Scenario.Socket, Scenario.Rest);
        scenario.GoLive(0, "99x1 | 101x1").GoLive(7, "98x1 | 102x1", book: 1);
        scenario.NewQuotes();

        scenario.Send(new Message(EventKind.Disconnected) { Fault = FaultCode.ConnectionLost });

        Assert.That(scenario.NewQuotes(), Is.EqualTo(new[] { "98x1@1 | 102x1@1 / 0 0 / Disconnected Live" }));
    }

    private static uint Crc(params string[] parts)
    {
        var crc = Crc32.Begin();
        crc.Append(Encoding.ASCII.GetBytes(string.Concat(parts)));
        return uint.Parse(crc.Value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}

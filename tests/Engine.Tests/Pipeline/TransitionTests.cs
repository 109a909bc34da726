using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// Each kind of event in each state of a book, for each source of snapshots: the state afterwards, whether a notice
/// was posted, whether a snapshot was asked for.
/// </summary>
public sealed class TransitionTests
{
    private const BookState Off = BookState.Disconnected;
    private const BookState Connecting = BookState.Connecting;
    private const BookState Buffering = BookState.Buffering;
    private const BookState Live = BookState.Live;
    private const BookState Suspect = BookState.Suspect;
    private const BookState Gapped = BookState.Gapped;
    private const BookState Stale = BookState.Stale;

    private static readonly BookState[] States = [Off, Connecting, Buffering, Live, Suspect, Gapped, Stale];

    private static readonly BookState[] Faulted = [Off, Connecting, Gapped, Gapped, Gapped, Gapped, Gapped];

    /// <summary>Rows in the order of <see cref="States"/>.</summary>
    private static readonly (SnapshotSource Source, EventKind Kind, BookState[] After, string Wants)[] Table =
    [
        (SnapshotSource.Rest, EventKind.Connecting, All(Connecting), "......."),
        (SnapshotSource.Rest, EventKind.Subscribed, All(Buffering), "wwwwwww"),
        (SnapshotSource.Rest, EventKind.Disconnected, All(Off), "......."),
        (SnapshotSource.Rest, EventKind.Fault, Faulted, "..wwwww"),
        (SnapshotSource.Rest, EventKind.Update, States, "......."),
        (SnapshotSource.Rest, EventKind.Snapshot, [Off, Connecting, Live, Live, Live, Live, Live], "......."),
        (SnapshotSource.Rest, EventKind.TopOfBook, States, "......."),
        (SnapshotSource.Socket, EventKind.Connecting, All(Connecting), "......."),
        (SnapshotSource.Socket, EventKind.Subscribed, All(Buffering), "......."),
        (SnapshotSource.Socket, EventKind.Disconnected, All(Off), "......."),
        (SnapshotSource.Socket, EventKind.Fault, Faulted, "..wwwww"),
        (SnapshotSource.Socket, EventKind.Update, States, "......."),
        (SnapshotSource.Socket, EventKind.Snapshot, All(Live), "......."),
        (SnapshotSource.Socket, EventKind.TopOfBook, States, "......."),
        (SnapshotSource.EveryMessage, EventKind.Connecting, All(Connecting), "......."),
        (SnapshotSource.EveryMessage, EventKind.Subscribed, All(Buffering), "......."),
        (SnapshotSource.EveryMessage, EventKind.Disconnected, All(Off), "......."),
        (SnapshotSource.EveryMessage, EventKind.Fault, Faulted, "..wwwww"),
        (SnapshotSource.EveryMessage, EventKind.Update, States, "......."),
        (SnapshotSource.EveryMessage, EventKind.Snapshot, All(Live), "......."),
        (SnapshotSource.EveryMessage, EventKind.TopOfBook, States, "......."),
    ];

    private static IEnumerable<TestCaseData> Transitions()
    {
        foreach (var (source, kind, after, wants) in Table)
        {
            for (var index = 0; index < States.Length; index++)
            {
                yield return new TestCaseData(source, States[index], kind, after[index], wants[index] == 'w')
                    .SetName($"{{m}}({source}, {kind} while {States[index]})");
            }
        }
    }

    [TestCaseSource(nameof(Transitions))]
    public void Event(SnapshotSource source, BookState before, EventKind kind, BookState after, bool wants)
    {
        using var scenario = new Scenario(Scenario.Socket with { SnapshotSource = source });
        Bring(scenario, before);
        var (wanted, quotes) = (scenario.Status.SnapshotsWanted, scenario.QuoteCount);
        scenario.Notices();

        scenario.Send(MessageOf(kind));

        Assert.That(scenario.State, Is.EqualTo(after));
        Assert.That(scenario.Status.SnapshotsWanted - wanted, Is.EqualTo(wants ? 1 : 0));
        var notices = scenario.Notices();
        var told = before != after || (kind == EventKind.Disconnected) || (kind == EventKind.Fault && wants);
        Assert.That(notices, Has.Count.EqualTo(told ? 1 : 0));
        if (told)
        {
            Assert.That((notices[0].Before, notices[0].State, notices[0].Book), Is.EqualTo((before, after, 0)));
            Assert.That(notices[0].Nanos, Is.EqualTo(scenario.Nanos));
        }

        if (before != after && quotes != 0)
        {
            Assert.That(scenario.QuoteCount, Is.EqualTo(quotes + 1), "a change of state is quoted at once");
            Assert.That(scenario.Quote() != "|", Is.EqualTo(after == Live), "only live books are quoted");
            Assert.That(scenario.Reader.Header.Member(0).State, Is.EqualTo(after));
        }
    }

    [TestCaseSource(nameof(States))]
    public void EventWithoutAKindDoesNothing(BookState state)
    {
        using var scenario = new Scenario(Scenario.Socket);
        Bring(scenario, state);

        scenario.Send(new Message(EventKind.None));

        Assert.That(scenario.State, Is.EqualTo(state));
    }

    private static BookState[] All(BookState state) => [state, state, state, state, state, state, state];

    private static Message MessageOf(EventKind kind) => kind switch
    {
        EventKind.Update => Message.Update(11, 11, "99x5"),
        EventKind.Snapshot => Message.Snapshot(20, "98x1 | 102x1"),
        EventKind.TopOfBook => Message.Top(10, "99x1 | 101x1"),
        EventKind.Fault => new Message(kind) { Fault = FaultCode.RingFull },
        EventKind.Disconnected => new Message(kind) { Fault = FaultCode.ConnectionLost },
        _ => new Message(kind),
    };

    private static void Bring(Scenario scenario, BookState state)
    {
        switch (state)
        {
            case Off:
                break;
            case Connecting:
                scenario.Send(new Message(EventKind.Connecting));
                break;
            case Buffering:
                scenario.Subscribe();
                break;
            case Live:
                scenario.GoLive(10, "99x1 | 101x1");
                break;
            case Suspect:
                scenario.GoLive(10, "101x1 | 99x1").Wait(600);
                break;
            case Gapped:
                scenario.GoLive(10, "99x1 | 101x1").Send(new Message(EventKind.Fault) { Fault = FaultCode.RingFull });
                break;
            case Stale:
                scenario.GoLive(10, "99x1 | 101x1").Send(new Message(EventKind.Fault) { Fault = FaultCode.Silent });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state));
        }

        Assert.That(scenario.State, Is.EqualTo(state));
    }
}

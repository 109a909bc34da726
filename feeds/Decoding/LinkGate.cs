using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Stands between two sockets to one venue, which carry the same books with the same update ids, and the engine: the
/// first arrival of a message goes on, its repetition does not. A link joins a book when one of its messages proves
/// that nothing lies between what the engine has and what the link will bring: it repeats what the engine has, or it
/// follows it directly. What is ahead waits in its socket until the other link has come so far. While both have
/// joined, the end of one changes nothing. Nothing is taken on trust: the engine judges the chain of what goes on.
/// Threads: the reader's.
/// </summary>
/// <remarks>
/// Why the first arrival may go on: levels are absolute and an id names one state of the venue's book. A message that
/// says how the book came from state s to t, applied to a state between the two, gives t. A joined link has shown its
/// message that ended with s, so the book is at s or beyond.
/// </remarks>
[Engine.HotPath]
internal sealed class LinkGate
{
    /// <summary>Links there are at most.</summary>
    public const int Links = 2;

    private const int RecentIds = 64;
    private const long HoldNanos = 3_000_000_000;
    private const long SettleNanos = 2_000_000_000;
    private readonly ChainRule _rule;
    private readonly SnapshotSource _source;
    private readonly BookStatus[] _statuses;
    private readonly LinkLine[] _lines;
    private readonly long[] _subscribedNanos = new long[Links];

    /// <summary>Makes a gate for two links, the first of which has carried the books so far.</summary>
    /// <param name="rule">How the venue chains updates.</param>
    /// <param name="source">Where snapshots come from.</param>
    /// <param name="statuses">Statuses of all books of the engine.</param>
    /// <param name="books">Those of the links.</param>
    /// <param name="carrier">The link that carries the books, or -1: none does.</param>
    public LinkGate(
        ChainRule rule, SnapshotSource source, BookStatus[] statuses, ReadOnlySpan<int> books, int carrier)
    {
        _rule = rule;
        _source = source;
        _statuses = statuses;
        _lines = new LinkLine[statuses.Length];
        foreach (var book in books)
        {
            ref var line = ref _lines[book];
            line.SnapshotsBefore = -1;
            line.Recent = rule is ChainRule.Linked or ChainRule.Successive ? new long[RecentIds] : null;
            if (carrier >= 0)
            {
                // What the engine has applied, and so at most what it was given: a link only joins later for that.
                line.Serving = Bit(carrier);
                line.Joined = Bit(carrier);
                Note(ref line, statuses[book].LastUpdateId);
            }
        }
    }

    /// <summary>The time, to be set before messages are judged.</summary>
    public long Nanos { get; set; }

    /// <summary>Messages that the other link had brought before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Raised with everything that goes on: a message that waits may be looked at again.</summary>
    public long Version { get; private set; }

    /// <summary>Judges the message that a link has decoded.</summary>
    public LinkVerdict Judge(int link, ref DepthEvent item)
    {
        ref var line = ref _lines[item.Book];
        var own = Bit(link);
        var first = (line.Joined & ~own) == 0;
        if (item.SnapshotWish != 0)
        {
            return LinkVerdict.Forward;   // an answer to the engine, which judges it
        }

        if (item.Kind == EventKind.TopOfBook || (!first && item.LastUpdateId == 0))
        {
            return Leads(link, item.Book) ? LinkVerdict.Forward : LinkVerdict.Drop;
        }

        line.Serving |= own;
        line.Brought[link] = item.LastUpdateId;
        return first ? JudgeAlone(ref line, link, ref item)
            : item.Kind == EventKind.Snapshot ? JudgeSnapshot(ref line, link, ref item)
            : JudgeUpdate(ref line, link, ref item);
    }

    /// <summary>
    /// What of an announcement of one link the engine is to be told; <see cref="EventKind.None"/>: nothing, since the
    /// other link carries the book.
    /// </summary>
    public EventKind Told(int link, int book, EventKind kind, FaultCode fault)
    {
        ref var line = ref _lines[book];
        var own = Bit(link);
        var isServing = (line.Serving & own) != 0;
        var isServedElsewhere = (line.Serving & ~own) != 0;
        var isCarriedElsewhere = isServedElsewhere && IsJoined(1 - link, book);
        switch (kind)
        {
            case EventKind.Connecting:
                Leave(ref line, link);
                return isServedElsewhere ? EventKind.None : kind;
            case EventKind.Subscribed:
                line.Serving |= own;
                line.Joined |= isServedElsewhere ? 0 : own;   // whatever happens from now on comes here
                return isServedElsewhere ? EventKind.None : kind;
            case EventKind.Disconnected:
                Leave(ref line, link);
                return !isServedElsewhere ? kind
                    : isCarriedElsewhere || !isServing ? EventKind.None
                    : fault == FaultCode.ConnectionLost ? EventKind.Fault   // the other one stands, and has a hole
                    : kind;
            case EventKind.Fault when fault != FaultCode.Silent:
                PartFrom(ref line, link);
                return isCarriedElsewhere ? EventKind.None : kind;
            default:
                return kind;
        }
    }

    /// <summary>A link has subscribed.</summary>
    public void NoteSubscribed(int link, long nanos) => _subscribedNanos[link] = nanos;

    /// <summary>True for the link that asks for snapshots of a book.</summary>
    public bool Leads(int link, int book)
    {
        ref var line = ref _lines[book];
        var own = Rank(ref line, link);
        var other = Rank(ref line, 1 - link);
        return own > other || (own == other && link == 0);
    }

    /// <summary>
    /// True when the other link's end would leave no hole in a book: this one has joined it, or both were open for so
    /// long without a message of it that what went before has arrived. In the latter case the first message shows by
    /// its id whether that is so.
    /// </summary>
    public bool IsJoined(int link, int book)
    {
        ref var line = ref _lines[book];
        return (line.Joined & Bit(link)) != 0
            || ((line.Serving & Bit(link)) != 0
                && (line.Outside & Bit(link)) == 0
                && line.Held[link] == 0
                && _source == SnapshotSource.Rest
                && Nanos - _subscribedNanos[link] > SettleNanos
                && _statuses[book].LastReceivedNanos < _subscribedNanos[link]);
    }

    private static int Bit(int link) => 1 << link;

    private static int Rank(ref LinkLine line, int link) =>
        ((line.Serving >> link) & 1) + ((line.Joined >> link) & 1);

    private static void Leave(ref LinkLine line, int link)
    {
        line.Serving &= ~Bit(link);
        PartFrom(ref line, link);
        line.Outside &= ~Bit(link);
        line.Behind &= ~Bit(link);
        line.Held[link] = 0;
        line.Brought[link] = 0;
        if (line.Serving == 0)
        {
            line.LastUpdateId = 0;   // the engine forgets the book too
        }
    }

    /// <summary>A link carries the book no more: the other one may lie behind what it has brought.</summary>
    private static void PartFrom(ref LinkLine line, int link)
    {
        line.Joined &= ~Bit(link);
        if (line.Brought[1 - link] != line.LastUpdateId)
        {
            line.Behind |= Bit(1 - link);
        }
    }

    /// <summary>
    /// Nobody else carries the book. A link that lay behind one that has ended brings what is known already.
    /// </summary>
    private LinkVerdict JudgeAlone(ref LinkLine line, int link, ref DepthEvent item)
    {
        var isWanted = item.Kind == EventKind.Snapshot && _statuses[item.Book].State != BookState.Live;
        if ((line.Behind & Bit(link)) != 0 && !isWanted && IsRepeated(ref line, item.LastUpdateId))
        {
            line.Behind &= item.LastUpdateId == line.LastUpdateId ? ~Bit(link) : -1;   // it has come up
            return Repeat(ref line, link);
        }

        line.Behind &= ~Bit(link);
        return Forward(ref line, link, ref item);
    }

    /// <summary>Where ids may fall only a known one is old: order tells nothing.</summary>
    private static bool IsRepeated(ref LinkLine line, long updateId) =>
        updateId == line.LastUpdateId
        || (line.Recent is { } recent ? recent.AsSpan().Contains(updateId) : updateId < line.LastUpdateId);

    private LinkVerdict JudgeSnapshot(ref LinkLine line, int link, ref DepthEvent item)
    {
        var status = _statuses[item.Book];
        if (status.State != BookState.Live && status.Snapshots != line.SnapshotsBefore)
        {
            // The book waits for one, and none is on its way to it. The other link has to show anew where it stands.
            line.Joined = 0;
            return Forward(ref line, link, ref item);
        }

        if (IsRepeated(ref line, item.LastUpdateId))
        {
            return Repeat(ref line, link);
        }

        if (_source == SnapshotSource.EveryMessage)
        {
            return item.LastUpdateId > line.LastUpdateId || Leads(link, item.Book)
                ? Forward(ref line, link, ref item)
                : LinkVerdict.Drop;
        }

        if ((line.Joined & Bit(link)) != 0)
        {
            return Forward(ref line, link, ref item);   // of the venue's own accord, as after a restart
        }

        // Where ids may fall a smaller one says nothing; what follows will show.
        return item.LastUpdateId < line.LastUpdateId ? LinkVerdict.Drop : JudgeAhead(ref line, link, ref item);
    }

    private LinkVerdict JudgeUpdate(ref LinkLine line, int link, ref DepthEvent item)
    {
        var applied = line.LastUpdateId;
        var first = item.FirstUpdateId;
        var last = item.LastUpdateId;
        switch (_rule)
        {
            case ChainRule.Linked when first == applied && (last != applied || Leads(link, item.Book)):
            case ChainRule.Successive when last == applied + 1:
            case ChainRule.Contiguous when first <= applied + 1 && last > applied:
            case ChainRule.Consecutive when first == applied + 1:
            case ChainRule.Rising when last > applied && (line.Joined & Bit(link)) != 0:
                return Forward(ref line, link, ref item);
        }

        if (IsRepeated(ref line, last))
        {
            return Repeat(ref line, link);
        }

        if (last < applied)
        {
            line.Joined &= ~Bit(link);   // so far behind, or beyond a fall of the ids: it cannot be told
            return LinkVerdict.Drop;
        }

        return JudgeAhead(ref line, link, ref item);
    }

    /// <summary>The other link has not brought what comes before: it gets some time.</summary>
    private LinkVerdict JudgeAhead(ref LinkLine line, int link, ref DepthEvent item)
    {
        if ((line.Outside & Bit(link)) != 0)
        {
            return LinkVerdict.Drop;
        }

        if (line.Held[link] == 0)
        {
            line.Held[link] = Math.Max(1, Nanos);
        }

        if (Nanos - line.Held[link] < HoldNanos)
        {
            return LinkVerdict.Hold;
        }

        line.Held[link] = 0;
        if ((line.Joined & Bit(link)) != 0)
        {
            return Forward(ref line, link, ref item);   // what lies between is missing on both: the engine shall see
        }

        if (item.Kind == EventKind.Snapshot)
        {
            line.Joined = 0;   // the other link stands still; this one has the whole book
            return Forward(ref line, link, ref item);
        }

        line.Outside |= Bit(link);
        return LinkVerdict.Drop;
    }

    private LinkVerdict Forward(ref LinkLine line, int link, ref DepthEvent item)
    {
        if (item.Kind == EventKind.Snapshot)
        {
            line.SnapshotsBefore = _statuses[item.Book].Snapshots;
        }

        Join(ref line, link);
        Note(ref line, item.LastUpdateId);
        Version++;
        return LinkVerdict.Forward;
    }

    private LinkVerdict Repeat(ref LinkLine line, int link)
    {
        Join(ref line, link);
        Repeated++;
        return LinkVerdict.Drop;
    }

    private static void Join(ref LinkLine line, int link)
    {
        line.Joined |= Bit(link);
        line.Outside &= ~Bit(link);
        line.Held[link] = 0;
    }

    private static void Note(ref LinkLine line, long updateId)
    {
        line.LastUpdateId = updateId;
        if (line.Recent is { } recent)
        {
            recent[line.RecentNext++ & (RecentIds - 1)] = updateId;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

/// <summary>
/// A venue's book, two links that carry its messages at their own pace, the gate, and the engine behind it. Update
/// number n sets one level to n, so that a lost or stale update shows in the book.
/// </summary>
internal sealed class TwoLinks : IDisposable
{
    private const int Prices = 7;
    private readonly ChainRule _rule;
    private readonly SnapshotSource _source;
    private readonly QuoterPipeline<ManualClock> _pipeline;
    private readonly LinkGate _gate;
    private readonly List<long> _ids = [1_000_000_000];   // of the states of the venue's book
    private readonly int[] _next = new int[LinkGate.Links];   // the update that a link brings next
    private readonly bool[] _isUp = new bool[LinkGate.Links];
    private readonly bool[] _owesSnapshot = new bool[LinkGate.Links];
    private long _served;

    public TwoLinks(ChainRule rule, SnapshotSource source)
    {
        _rule = rule;
        _source = source;
        var table = new BookTable(["X"],
        [
            new BookDefinition
            {
                Venue = "v", Symbol = "s", Instrument = 0, ChainRule = rule, SnapshotSource = source,
            },
        ]);
        _pipeline = new QuoterPipeline<ManualClock>(table, new PipelineOptions { Lanes = 1 }, new ManualClock());
        Status = table.Statuses[0];
        _gate = new LinkGate(rule, source, table.Statuses, [0], carrier: -1);
    }

    public BookStatus Status { get; }

    public long Repeated => _gate.Repeated;

    public bool IsUp(int link) => _isUp[link];

    /// <summary>What the venue's book is now: the number of the last update of each price.</summary>
    public int[] VenueBook => BookAt(_ids.Count - 1);

    public int[] EngineBook =>
        [.. Enumerable.Range(1, Prices).Select(price => (int)_pipeline.CopyOf(0).Bids
            .FirstOrDefault(level => level.Price == price).Quantity)];

    public void Pass(long nanos) => _gate.Nanos += nanos;

    /// <summary>The venue's book changes; ids rise by one, or jump where the rule lets them.</summary>
    public void Change(Random random) => _ids.Add(_ids[^1] + (_rule switch
    {
        ChainRule.Successive or ChainRule.Consecutive or ChainRule.Contiguous => 1,
        ChainRule.Linked when random.Next(20) == 0 => -10_007,   // as after maintenance
        _ => random.Next(1, 9),
    }));

    public void Connect(int link)
    {
        _isUp[link] = true;
        _next[link] = _ids.Count;   // what happens from now on
        _owesSnapshot[link] = _source == SnapshotSource.Socket;
        Announce(link, EventKind.Connecting, FaultCode.None);
        Announce(link, EventKind.Subscribed, FaultCode.None);
        _gate.NoteSubscribed(link, _gate.Nanos);
    }

    public void Disconnect(int link)
    {
        _isUp[link] = false;
        Announce(link, EventKind.Disconnected, FaultCode.ConnectionLost);
    }

    /// <summary>True when the book goes on should the other link end.</summary>
    public bool IsJoined(int link) => _isUp[link] && _gate.IsJoined(link, 0);

    /// <summary>A link brings its next message; false when it has none, or has to wait with it.</summary>
    public bool Deliver(int link)
    {
        if (!_isUp[link] || (!_owesSnapshot[link] && _next[link] >= _ids.Count))
        {
            return false;
        }

        var state = _owesSnapshot[link] ? _next[link] - 1 : _next[link];
        Begin(_owesSnapshot[link] ? EventKind.Snapshot : EventKind.Update, state);
        switch (_gate.Judge(link, ref _pipeline.Lanes[0].Current))
        {
            case LinkVerdict.Hold:
                _pipeline.Lanes[0].Abandon();
                return false;
            case LinkVerdict.Drop:
                _pipeline.Lanes[0].Abandon();
                break;
            default:
                Commit();
                break;
        }

        _next[link] += _owesSnapshot[link] ? 0 : 1;
        _owesSnapshot[link] = false;
        return true;
    }

    /// <summary>The link that leads asks for a snapshot if the book wants one.</summary>
    public void Serve()
    {
        if (Status.SnapshotsWanted == _served || !(_isUp[0] || _isUp[1]))
        {
            return;
        }

        _served = Status.SnapshotsWanted;
        var link = _gate.Leads(0, 0) ? 0 : 1;
        if (_source == SnapshotSource.Socket)
        {
            _owesSnapshot[link] = true;
            return;
        }

        Begin(EventKind.Snapshot, _ids.Count - 1);
        _pipeline.Lanes[0].Current.SnapshotWish = _served;
        Commit();
    }

    public void Dispose() => _pipeline.Dispose();

    private static int[] BookAt(int state)
    {
        var book = new int[Prices];
        for (var update = 1; update <= state; update++)
        {
            book[update % Prices] = update;
        }

        return book;
    }

    private void Begin(EventKind kind, int state)
    {
        var lane = _pipeline.Lanes[0];
        lane.TryBegin(0, kind);
        var book = BookAt(state);
        for (var price = 0; price < Prices; price++)
        {
            if (book[price] != 0 && (kind == EventKind.Snapshot || price == state % Prices))
            {
                lane.Add(Side.Bid, price + 1, book[price]);
            }
        }

        ref var message = ref lane.Current;
        message.LastUpdateId = _ids[state];
        message.FirstUpdateId = kind == EventKind.Snapshot ? 0
            : _rule == ChainRule.Linked ? _ids[state - 1]
            : _rule == ChainRule.Rising ? _ids[state]
            : _ids[state - 1] + 1;
        message.ReceivedNanos = _gate.Nanos;
    }

    private void Announce(int link, EventKind kind, FaultCode fault)
    {
        var told = _gate.Told(link, 0, kind, fault);
        if (told != EventKind.None)
        {
            _pipeline.Lanes[0].TryBegin(0, told);
            _pipeline.Lanes[0].Current.Fault = fault;
            Commit();
        }
    }

    private void Commit()
    {
        _pipeline.Lanes[0].Commit(0);
        while (_pipeline.DoWork() != 0)
        {
        }
    }
}

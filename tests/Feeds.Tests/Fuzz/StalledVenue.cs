using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Tests.Oracle;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>
/// A venue that changes its book at random, and the connection to it: what it sends waits in a socket, snapshots are
/// asked for when the engine wishes for one, are made some time later, and arrive some time after that.
/// </summary>
internal sealed class StalledVenue
{
    private readonly Random _random;
    private readonly string _name;
    private readonly BookStatus _status;
    private readonly DepthDecoder _decoder;
    private readonly IFrameIntake _intake;
    private readonly Queue<byte[]> _socket = new();
    private readonly SlowBook _truth = new(ChainRule.None, SnapshotSource.Socket);
    private readonly int _book;
    private long _id = 1_000;
    private long _served;
    private int _turnsToWait;
    private (byte[]? Body, long Wish)? _asked;

    public StalledVenue(
        IVenue venue, int book, BookStatus status, Func<IVenue, DepthDecoder> makeDecoder, Random random)
    {
        _random = random;
        _name = venue.Profile.Name;
        _book = book;
        _status = status;
        _decoder = makeDecoder(venue);
        _intake = venue.MakeIntake(_decoder, [book]);
        _truth.Take(Message(EventKind.Snapshot, 12));
        _intake.Announce(EventKind.Connecting, FaultCode.None, 1);
        _intake.Announce(EventKind.Subscribed, FaultCode.None, 1);
        _served = _status.SnapshotsWanted - (HasRest ? 0 : 1);
    }

    public IntakeCounters Counters => _intake.Counters;

    /// <summary>True when nothing is on its way any more.</summary>
    public bool IsSettled => _socket.Count == 0 && !_decoder.OwesEvents;

    public bool IsLive => _status.State == BookState.Live;

    public long Resyncs => _status.Resyncs;

    private bool HasRest => _name != "kraken";

    /// <summary>The book changes, and the change is sent.</summary>
    public void Change()
    {
        var update = Message(EventKind.Update, _random.Next(12) == 0 ? 150 : _random.Next(1, 4));
        _truth.Take(update);
        _socket.Enqueue(Frame(update));
    }

    /// <summary>The reader's turn.</summary>
    public void Read()
    {
        _intake.TellOwed();
        for (var frames = 0; frames < 4 && _socket.TryPeek(out var frame); frames++)
        {
            if (_decoder.FullLane == FullLanePolicy.Wait && !_decoder.HasRoomFor(frame.Length))
            {
                return;
            }

            _intake.OnFrame(_socket.Dequeue(), 1);
        }

        LookAfterSnapshot();
    }

    /// <summary>Null when the book is the venue's.</summary>
    public string? Differs(BookCopy book) =>
        PipelineBench.Compare(book, _truth, int.MaxValue) is { } wrong ? $"{_name}: {wrong}" : null;

    /// <summary>A wish is seen, the request reaches the venue, its answer arrives: each in a turn of its own.</summary>
    private void LookAfterSnapshot()
    {
        if (_turnsToWait-- > 0)
        {
            return;
        }

        _turnsToWait = _random.Next(40);

        if (_asked is null)
        {
            if (_status.SnapshotsWanted != _served)
            {
                _asked = (null, _status.SnapshotsWanted);
            }

            return;
        }

        if (!HasRest)
        {
            _socket.Enqueue(Frame(Whole()));
            _served = _asked.Value.Wish;
            _asked = null;
            return;
        }

        if (_asked.Value.Body is null)
        {
            _asked = (Body(Whole()), _asked.Value.Wish);
            return;
        }

        var (body, wish) = _asked.Value;
        if (_decoder.FullLane == FullLanePolicy.Wait && !_decoder.HasRoomFor(body.Length))
        {
            return;
        }

        _asked = null;
        if (_intake.OnSnapshot(_book, body, 1, wish).Kind != FrameKind.Failed)
        {
            _served = wish;
        }
    }

    private SlowMessage Message(EventKind kind, int levels)
    {
        var first = _id + 1;
        _id += _random.Next(1, 4);
        var last = _name == "kraken" ? 0 : _id;
        var message = new SlowMessage("S", kind, _name == "bitstamp" ? last : first, last, null);
        for (var level = 0; level < levels; level++)
        {
            var isBid = _random.Next(2) == 0;
            var quantity = kind == EventKind.Snapshot ? _random.Next(1, 9) : _random.Next(0, 9);
            (isBid ? message.Bids : message.Asks).Add(
                new SlowLevel(isBid ? 100 - _random.Next(1, 30) : 100 + _random.Next(1, 30), quantity, 0, 0));
        }

        return message;
    }

    private SlowMessage Whole()
    {
        var whole = new SlowMessage("S", EventKind.Snapshot, _truth.LastUpdateId, _truth.LastUpdateId, null);
        whole.Bids.AddRange(_truth.Bids.Select(static level => new SlowLevel(level.Key, level.Value, 0, 0)));
        whole.Asks.AddRange(_truth.Asks.Select(static level => new SlowLevel(level.Key, level.Value, 0, 0)));
        return whole;
    }

    private byte[] Body(SlowMessage message) => Encoding.ASCII.GetBytes(_name == "binance"
        ? $$"""{"lastUpdateId":{{Text(message.Last)}},"bids":{{Rows(message.Bids)}},"asks":{{Rows(message.Asks)}}}"""
        : Changes(message));

    private byte[] Frame(SlowMessage message) => Encoding.ASCII.GetBytes(_name switch
    {
        "binance" =>
            $$$"""{"stream":"s@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"S","U":{{{Text(message.First)}}},"u":{{{Text(message.Last)}}},"b":{{{Rows(message.Bids)}}},"a":{{{Rows(message.Asks)}}}}}""",
        "bitstamp" =>
            $$"""{"event":"data","channel":"diff_order_book_S","data":{{Changes(message)}}}""",
        _ =>
            $$"""{"channel":"book","type":"{{(message.Kind == EventKind.Update ? "update" : "snapshot")}}","data":[{"symbol":"S","bids":{{Named(message.Bids)}},"asks":{{Named(message.Asks)}}}]}""",
    });

    private static string Changes(SlowMessage message) =>
        $$"""{"timestamp":"1","microtimestamp":"{{Text(message.Last)}}","bids":{{Rows(message.Bids)}},"asks":{{Rows(message.Asks)}}}""";

    private static string Rows(List<SlowLevel> levels) =>
        $"[{string.Join(',', levels.Select(static level => $"[\"{Text(level.Price)}\",\"{Text(level.Quantity)}\"]"))}]";

    private static string Named(List<SlowLevel> levels) => "[" + string.Join(',', levels.Select(static level =>
        $$"""{"price":{{Text(level.Price)}},"qty":{{Text(level.Quantity)}}}""")) + "]";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}

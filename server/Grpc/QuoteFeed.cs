using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// One instrument's quotes, as some subscribers want them, on their way to these: each quote is encoded once and the
/// same bytes go to all. Nothing is read or encoded while nobody subscribes. Threads: the publisher.
/// </summary>
internal sealed class QuoteFeed
{
    /// <summary>Bytes after which a stream is flushed: bounds what one flush can add for a stalled client.</summary>
    private const int RunBytesMax = 16 * 1024;

    /// <summary>Quotes that are looked at before others have their turn, though they show nothing new.</summary>
    private const int RunQuotesMax = 1_024;

    /// <summary>Of messages so large that few of them fit the window, so many are kept all the same.</summary>
    private const int LargeFramesKept = 16;
    private readonly QuoteRing _ring;
    private readonly QuoteReader _reader;
    private readonly IFrameEncoder _encoder;
    private readonly FrameWindow _frames;
    private readonly PublisherCounters _counters;
    private readonly bool _isGzip;
    private readonly long _first;
    private readonly List<QuoteLeg> _legs = [];
    private byte[] _beat = [];
    private int _beatLength;
    private long _next;
    private long _changes;

    /// <summary>Prepares a feed; nothing is read yet.</summary>
    /// <param name="ring">The quotes.</param>
    /// <param name="encoder">Makes the frames.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="key">What it is for; null: summaries of a place, whatever instrument is in it.</param>
    public QuoteFeed(QuoteRing ring, IFrameEncoder encoder, PublisherCounters counters, FeedKey? key = null)
    {
        _ring = ring;
        _reader = new QuoteReader(ring);
        _encoder = encoder;
        _frames = new FrameWindow(encoder.FrameBytesMax, key is null ? 2 : LargeFramesKept);
        _counters = counters;
        _isGzip = key?.IsGzip == true;
        _first = key?.Seat.QuotesBefore ?? 0;
        Key = key;
    }

    /// <summary>What it is for.</summary>
    public FeedKey? Key { get; }

    /// <summary>Bytes it takes, nearly.</summary>
    public int Bytes => _frames.Bytes + (2 * _ring.QuoteBytes);

    /// <summary>Its part of each stream.</summary>
    public IReadOnlyList<QuoteLeg> Legs => _legs;

    /// <summary>Position among the feeds that somebody subscribes; -1: nobody does.</summary>
    public int Position { get; set; } = -1;

    /// <summary>Streams that were promised this feed and have not been let go; the directory's.</summary>
    public int Users { get; set; }

    /// <summary>
    /// Adds a leg: the current book is the first that is due to it, unless it goes on from an earlier one.
    /// </summary>
    public void Add(QuoteLeg leg, long nowNanos)
    {
        // Who joins others continues where they are, so that no change is missing or doubled between the two.
        var lost = _legs.Count == 0 ? Begin(leg) : Join(leg);
        leg.Change = (leg.NextFrame < _frames.Head ? _frames.About(leg.NextFrame).Change - 1 : _changes) - lost;
        leg.WrittenNanos = nowNanos;
        leg.Position = _legs.Count;
        _legs.Add(leg);
    }

    /// <summary>Removes a leg.</summary>
    public void Remove(QuoteLeg leg)
    {
        var last = _legs[^1];
        _legs[leg.Position] = last;
        last.Position = leg.Position;
        _legs.RemoveAt(_legs.Count - 1);
        leg.Position = -1;
    }

    /// <summary>Encodes the quotes that came, up to a bound. Returns how many were read.</summary>
    public int EncodeNew()
    {
        if (_legs.Count == 0)
        {
            return 0;
        }

        var count = 0;
        for (var bytes = 0; bytes < RunBytesMax && count < RunQuotesMax && TryReadNext(); count++)
        {
            bytes += Encode(always: false);
        }

        return count;
    }

    /// <summary>Writes what is due to a leg, as long as its stream takes it. False when the stream is over.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="nowNanos">Time on the engine's clock.</param>
    /// <param name="dueNanos">When a quote that waits for its time may go; <c>long.MaxValue</c>: none waits.</param>
    public bool TryWriteDue(QuoteLeg leg, long nowNanos, out long dueNanos)
    {
        var subscriber = leg.Subscriber;
        dueNanos = long.MaxValue;
        if (subscriber.Terms.IsLatestOnly)
        {
            return TryWriteLatest(leg, nowNanos, out dueNanos);
        }

        if (leg.IsConflated || !_frames.Holds(leg.NextFrame))
        {
            if (subscriber.Terms.EndsWhenBehind)
            {
                subscriber.Overrun();
                return subscriber.IsLagging;   // its pipe is let go once no flush is under way
            }

            // Once it has lost a change, it is owed the latest and no other until it takes again.
            leg.IsConflated = true;
            _counters.AddConflated(_frames.Head - 1 - leg.NextFrame);
            leg.NextFrame = _frames.Head - 1;
        }

        while (!subscriber.IsLagging && leg.NextFrame < _frames.Head)
        {
            leg.IsConflated = false;
            WriteRun(leg, nowNanos);
            if (subscriber.IsOverrun || !subscriber.TryFlush())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes the heartbeat of this moment; false when the feed has none.</summary>
    public bool TryEncodeHeartbeat(long nowNanos)
    {
        if (_beat.Length == 0)
        {
            _beat = new byte[_encoder.FrameBytesMax];
        }

        var latest = _frames.Head == 0 ? -1 : _frames.About(_frames.Head - 1).Sequence;
        _beatLength = _encoder.EncodeHeartbeat(latest, nowNanos, _beat);
        return _beatLength != 0;
    }

    /// <summary>Writes the heartbeat. False when the stream is over.</summary>
    public bool TryWriteHeartbeat(QuoteLeg leg, long nowNanos)
    {
        leg.WrittenNanos = nowNanos;
        leg.Subscriber.Write(_beat.AsSpan(0, _beatLength));
        _counters.AddHeartbeat();
        return leg.Subscriber.TryFlush();
    }

    /// <summary>The first leg; returns how many quotes it lost since the one its client has.</summary>
    private long Begin(QuoteLeg leg)
    {
        var known = leg.After >= _first && leg.After <= _ring.Cursor;
        if (known && leg.After < _ring.Cursor && _reader.TryRead(leg.After))
        {
            // What the client has is what the next one is compared with.
            _encoder.TryEncode(_reader, true, _frames.NextSlot, out _);
            _next = leg.After + 1;
            leg.NextFrame = _frames.Head;
            return 0;
        }

        leg.NextFrame = _frames.Head;
        if (_reader.TryReadLatest() && _reader.Header.Sequence >= _first)
        {
            Encode(always: true);
        }

        return known ? Math.Max(0, _next - leg.After - 2) : 0;
    }

    /// <summary>A further leg, likewise.</summary>
    private long Join(QuoteLeg leg)
    {
        var head = _frames.Head;
        leg.NextFrame = Math.Max(head - 1, 0);
        if (head == 0 || leg.After < _first || leg.After >= _frames.About(head - 1).Sequence)
        {
            return 0;
        }

        // the oldest frame behind the quote that the client has, if the one before it is there to prove that
        var frame = head - 1;
        while (frame >= 0 && _frames.Holds(frame) && _frames.About(frame).Sequence > leg.After)
        {
            frame--;
        }

        if (frame >= 0 && _frames.Holds(frame))
        {
            leg.NextFrame = frame + 1;
            return 0;
        }

        return _frames.About(head - 1).Sequence - leg.After - 1;
    }

    private bool TryWriteLatest(QuoteLeg leg, long nowNanos, out long dueNanos)
    {
        dueNanos = long.MaxValue;
        var subscriber = leg.Subscriber;
        if (subscriber.IsLagging || leg.NextFrame >= _frames.Head)
        {
            return true;
        }

        if (leg.HasBegun && nowNanos - leg.QuotedNanos < subscriber.Terms.IntervalNanos)
        {
            dueNanos = leg.QuotedNanos + subscriber.Terms.IntervalNanos;
            return true;
        }

        leg.NextFrame = _frames.Head - 1;
        WriteRun(leg, nowNanos);
        return subscriber.TryFlush();
    }

    private void WriteRun(QuoteLeg leg, long nowNanos)
    {
        var first = leg.NextFrame;
        for (var bytes = 0; bytes < RunBytesMax && leg.NextFrame < _frames.Head; leg.NextFrame++)
        {
            var frame = _frames[leg.NextFrame];
            ref readonly var about = ref _frames.About(leg.NextFrame);
            var replaced = about.Change - leg.Change - 1;
            leg.Change = about.Change;
            if (replaced == 0 || !_encoder.TellsReplaced)
            {
                leg.Subscriber.Write(frame);
            }
            else if (leg.HasBegun && leg.Subscriber.Terms.EndsWhenBehind)
            {
                leg.Subscriber.Overrun();   // it is the server that was overtaken; lost is lost
                break;
            }
            else
            {
                Write(leg.Subscriber, frame, in about.Frame, replaced);
            }

            leg.HasBegun = true;
            bytes += frame.Length;
        }

        leg.WrittenNanos = nowNanos;
        leg.QuotedNanos = nowNanos;
        _counters.AddSent(leg.NextFrame - first);
    }

    private void Write(QuoteSubscriber subscriber, ReadOnlySpan<byte> frame, in EncodedFrame about, long replaced)
    {
        Span<byte> prefix = stackalloc byte[MessagePrefix.Bytes];
        Span<byte> ending = stackalloc byte[ReplacedEnding.BytesMax];
        var length = ReplacedEnding.Write(in about, _isGzip, replaced, prefix, ending);
        subscriber.Write(prefix);
        subscriber.Write(frame[MessagePrefix.Bytes..about.BodyLength]);
        subscriber.Write(ending[..length]);
    }

    private bool TryReadNext()
    {
        if (_next > _ring.Cursor)
        {
            return false;
        }

        if (!_reader.TryRead(_next))
        {
            _reader.TryReadLatest();
            _counters.AddOvertaken(_reader.Header.Sequence - _next);
            _changes += _reader.Header.Sequence - _next;
        }

        return true;
    }

    private int Encode(bool always)
    {
        _next = _reader.Header.Sequence + 1;
        if (!_encoder.TryEncode(_reader, always, _frames.NextSlot, out var frame))
        {
            return 0;
        }

        _frames.Add(new FrameSlot { Frame = frame, Change = ++_changes, Sequence = _reader.Header.Sequence });
        return frame.Length;
    }
}

using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// One instrument's quotes on their way to its subscribers: each quote is encoded once and the same bytes go to all.
/// Nothing is read or encoded while nobody subscribes. Threads: the publisher.
/// </summary>
internal sealed class QuoteFeed
{
    /// <summary>Bytes after which a stream is flushed: bounds what one flush can add for a stalled client.</summary>
    private const int RunBytesMax = 16 * 1024;
    private readonly QuoteRing _ring;
    private readonly QuoteReader _reader;
    private readonly SummaryEncoder _encoder;
    private readonly FrameWindow _frames;
    private readonly PublisherCounters _counters;
    private readonly List<QuoteSubscriber> _subscribers = [];
    private long _next;

    public QuoteFeed(QuoteRing ring, IReadOnlyList<BookDefinition> books, PublisherCounters counters)
    {
        _ring = ring;
        _reader = new QuoteReader(ring);
        _encoder = new SummaryEncoder(ring.Levels, books);
        _frames = new FrameWindow(_encoder.FrameBytesMax);
        _counters = counters;
    }

    /// <summary>The subscribers.</summary>
    public IReadOnlyList<QuoteSubscriber> Subscribers => _subscribers;

    /// <summary>Adds a subscriber: the current book is the first that is due to it.</summary>
    public void Add(QuoteSubscriber subscriber)
    {
        // Who joins others continues where they are, so that no change is missing or doubled between the two.
        if (_subscribers.Count == 0 && _reader.TryReadLatest())
        {
            Encode();
        }

        subscriber.NextFrame = _frames.Head == 0 ? 0 : _frames.Head - 1;
        subscriber.Position = _subscribers.Count;
        _subscribers.Add(subscriber);
    }

    /// <summary>Removes a subscriber.</summary>
    public void Remove(QuoteSubscriber subscriber)
    {
        var last = _subscribers[^1];
        _subscribers[subscriber.Position] = last;
        last.Position = subscriber.Position;
        _subscribers.RemoveAt(_subscribers.Count - 1);
        subscriber.Position = -1;
    }

    /// <summary>Encodes the quotes that came, up to a bound. Returns how many that were.</summary>
    public int EncodeNew()
    {
        if (_subscribers.Count == 0)
        {
            return 0;
        }

        var count = 0;
        for (var bytes = 0; bytes < RunBytesMax && TryReadNext(); count++)
        {
            bytes += Encode();
        }

        return count;
    }

    /// <summary>Writes what is due to a subscriber, as long as it takes it. False when its stream is over.</summary>
    public bool TryWriteDue(QuoteSubscriber subscriber)
    {
        if (subscriber.IsConflated || !_frames.Holds(subscriber.NextFrame))
        {
            // Once it has lost a change, it is owed the latest and no other until it takes again.
            subscriber.IsConflated = true;
            _counters.AddConflated(_frames.Head - 1 - subscriber.NextFrame);
            subscriber.NextFrame = _frames.Head - 1;
        }

        while (!subscriber.IsLagging && subscriber.NextFrame < _frames.Head)
        {
            subscriber.IsConflated = false;
            WriteRun(subscriber);
            if (!subscriber.TryFlush())
            {
                return false;
            }
        }

        return true;
    }

    private void WriteRun(QuoteSubscriber subscriber)
    {
        var first = subscriber.NextFrame;
        for (var bytes = 0; bytes < RunBytesMax && subscriber.NextFrame < _frames.Head; subscriber.NextFrame++)
        {
            var frame = _frames[subscriber.NextFrame];
            subscriber.Write(frame);
            bytes += frame.Length;
        }

        _counters.AddSent(subscriber.NextFrame - first);
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
        }

        return true;
    }

    private int Encode()
    {
        var length = _encoder.Encode(_reader, _frames.NextSlot);
        _frames.Add(length);
        _next = _reader.Header.Sequence + 1;
        return length;
    }
}

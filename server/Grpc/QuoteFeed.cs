using System;
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
    /// <summary>Bytes after which a run of quotes is flushed: bounds what one flush can add for a stalled client.</summary>
    private const int RunBytesMax = 16 * 1024;
    private readonly QuoteRing _ring;
    private readonly QuoteReader _reader;
    private readonly SummaryEncoder _encoder;
    private readonly PublisherCounters _counters;
    private readonly List<QuoteSubscriber> _subscribers = [];
    private long _next;
    private bool _hasFrame;

    public QuoteFeed(QuoteRing ring, IReadOnlyList<BookDefinition> books, PublisherCounters counters)
    {
        _ring = ring;
        _reader = new QuoteReader(ring);
        _encoder = new SummaryEncoder(ring.Levels, books);
        _counters = counters;
    }

    /// <summary>The subscribers.</summary>
    public IReadOnlyList<QuoteSubscriber> Subscribers => _subscribers;

    /// <summary>Adds a subscriber and sends it the current book. False when its stream is over.</summary>
    public bool TryAdd(QuoteSubscriber subscriber)
    {
        // Who joins others continues where they are, so that no change is missing or doubled between the two.
        if (_subscribers.Count == 0)
        {
            _hasFrame = _reader.TryReadLatest();
            if (_hasFrame)
            {
                _encoder.Encode(_reader);
            }

            _next = _hasFrame ? _reader.Header.Sequence + 1 : 0;
        }

        subscriber.Position = _subscribers.Count;
        subscriber.IsOwed = true;
        _subscribers.Add(subscriber);
        return TryPayOwed(subscriber);
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

    /// <summary>Sends the latest quote to a subscriber that missed some. False when its stream is over.</summary>
    public bool TryPayOwed(QuoteSubscriber subscriber)
    {
        if (!subscriber.IsOwed || subscriber.IsLagging || !_hasFrame)
        {
            return true;
        }

        subscriber.IsOwed = false;
        subscriber.Write(_encoder.Frame);
        _counters.AddSent(1);
        return subscriber.TryFlush();
    }

    /// <summary>
    /// Encodes the quotes that came, up to a bound, and writes them to those who keep up; the caller flushes. Returns
    /// how many quotes that were.
    /// </summary>
    public int WriteNew()
    {
        if (_subscribers.Count == 0)
        {
            return 0;
        }

        var count = 0;
        var bytes = 0;
        while (bytes < RunBytesMax && TryReadNext())
        {
            _encoder.Encode(_reader);
            _hasFrame = true;
            WriteToAll(_encoder.Frame);
            bytes += _encoder.Frame.Length;
            count++;
        }

        return count;
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

        _next = _reader.Header.Sequence + 1;
        return true;
    }

    private void WriteToAll(ReadOnlySpan<byte> frame)
    {
        var sent = 0;
        for (var index = 0; index < _subscribers.Count; index++)
        {
            var subscriber = _subscribers[index];
            if (subscriber.IsLagging)
            {
                subscriber.IsOwed = true;
            }
            else
            {
                subscriber.IsOwed = false;
                subscriber.Write(frame);
                sent++;
            }
        }

        _counters.AddSent(sent);
        _counters.AddConflated(_subscribers.Count - sent);
    }
}

using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// The publishing thread's work: takes quotes from the rings, encodes each once, and writes the same bytes to every
/// subscriber. A client gets every change in order while it is less than a <see cref="FrameWindow"/> behind; one that
/// is further behind goes on with the latest as soon as it takes again, so the last state always arrives. Nobody waits
/// for anybody. Memory for a stalled client: one run of frames, 16 KiB, in its stream's buffer.
/// Threads: one at a time drives <see cref="DoWork"/>; any subscribes; <see cref="Dispose"/> after the driving has
/// ended.
/// </summary>
public sealed class QuotePublisher : IAgent, IDisposable
{
    private readonly QuoteFeed[] _feeds;
    private readonly SubscriberInbox _inbox;
    private readonly int _subscribersMax;
    private readonly Lock _closing = new();
    private int _open;
    private bool _closed;

    /// <summary>Makes the publisher; it holds nobody's thread.</summary>
    /// <param name="quotes">The quotes of each instrument.</param>
    /// <param name="table">Names the venues and instruments.</param>
    /// <param name="signal">What the driving thread sleeps on: <c>PublisherSignal</c> of the pipeline.</param>
    /// <param name="subscribersMax">Bound of streams; one more is refused.</param>
    public QuotePublisher(
        IReadOnlyList<QuoteRing> quotes, BookTable table, WaitSignal signal, int subscribersMax = 10_000)
    {
        _inbox = new SubscriberInbox(signal);
        _subscribersMax = subscribersMax;
        _feeds = new QuoteFeed[quotes.Count];
        for (var instrument = 0; instrument < _feeds.Length; instrument++)
        {
            _feeds[instrument] = new QuoteFeed(quotes[instrument], table.Definitions, Counters);
        }
    }

    /// <summary>What was done so far.</summary>
    public PublisherCounters Counters { get; } = new();

    /// <inheritdoc/>
    public int DoWork()
    {
        var work = 0;
        for (var subscriber = _inbox.TakeAll(); subscriber is not null; work++)
        {
            var next = SubscriberInbox.Unlink(subscriber);
            Attend(subscriber);
            subscriber = next;
        }

        foreach (var feed in _feeds)
        {
            work += Publish(feed);
        }

        return work;
    }

    /// <summary>
    /// Hands a stream to the publisher, which writes to it until it is stopped and has been released. Null when the
    /// bound of streams is reached or the publisher is closed.
    /// </summary>
    internal QuoteSubscriber? TrySubscribe(int instrument, PipeWriter pipe)
    {
        if (Interlocked.Increment(ref _open) > _subscribersMax)
        {
            Interlocked.Decrement(ref _open);
            return null;
        }

        var subscriber = new QuoteSubscriber(instrument, pipe, _inbox);
        _inbox.Post(subscriber);
        if (Volatile.Read(ref _closed))
        {
            ReleaseAll();   // the last look of Dispose may have been before the post
        }

        return subscriber;
    }

    /// <summary>Releases every stream. Only when no thread drives the publisher any more.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _closed, true);
        Interlocked.MemoryBarrier();   // pairs with the exchange of a post: one of the two sees the other
        ReleaseAll();
    }

    private int Publish(QuoteFeed feed)
    {
        var count = feed.EncodeNew();
        if (count != 0)
        {
            // backwards: the last one takes the place of one that is removed
            for (var index = feed.Subscribers.Count - 1; index >= 0; index--)
            {
                Write(feed, feed.Subscribers[index]);
            }
        }

        return count;
    }

    private void Attend(QuoteSubscriber subscriber)
    {
        if (subscriber.Released.IsCompleted)
        {
            return;
        }

        var feed = _feeds[subscriber.Instrument];
        if (subscriber.Position < 0 && !subscriber.IsStopped)
        {
            feed.Add(subscriber);
            Counters.AddSubscribers(1);
        }

        Write(feed, subscriber);
    }

    private void Write(QuoteFeed feed, QuoteSubscriber subscriber)
    {
        try
        {
            // a stopped one is let go as soon as no flush is under way
            if (!subscriber.TryEndFlush()
                || (subscriber.IsStopped ? !subscriber.IsLagging : !feed.TryWriteDue(subscriber)))
            {
                Let(subscriber, null);
            }
        }
#pragma warning disable CA1031 // one broken stream ends that stream, with its error, and never the others
        catch (Exception e)
#pragma warning restore CA1031
        {
            Let(subscriber, e);
        }
    }

    private void Let(QuoteSubscriber subscriber, Exception? error)
    {
        if (subscriber.Position >= 0)
        {
            _feeds[subscriber.Instrument].Remove(subscriber);
            Counters.AddSubscribers(-1);
        }

        if (error is not null)
        {
            Counters.AddBroken();
        }

        Interlocked.Decrement(ref _open);
        subscriber.Release(error);
    }

    private void ReleaseAll()
    {
        lock (_closing)
        {
            for (var subscriber = _inbox.TakeAll(); subscriber is not null;)
            {
                var next = SubscriberInbox.Unlink(subscriber);
                if (!subscriber.Released.IsCompleted)
                {
                    Let(subscriber, null);
                }

                subscriber = next;
            }

            foreach (var feed in _feeds)
            {
                while (feed.Subscribers.Count != 0)
                {
                    Let(feed.Subscribers[^1], null);
                }
            }
        }
    }
}

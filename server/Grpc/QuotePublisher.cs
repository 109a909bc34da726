using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Quotes;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// The publishing thread's work: takes quotes from the rings, encodes each once for all who want the same bytes, and
/// writes these to every subscriber. A client gets every change in order while it is less than a
/// <see cref="FrameWindow"/> behind; one that is further behind goes on with the latest as soon as it takes again, so
/// the last state always arrives. Nobody waits for anybody. Memory for a stalled client: one run of frames, 16 KiB, in
/// its stream's buffer. Threads: one at a time drives <see cref="DoWork"/>; any subscribes; <see cref="Dispose"/> after
/// the driving has ended.
/// </summary>
public sealed partial class QuotePublisher : IAgent, IDisposable
{
    private readonly QuoteFeed[] _summaries;   // of each place, from the start
    private readonly FeedDirectory _feeds;     // what else is asked for
    private readonly List<QuoteFeed> _active = [];
    private readonly SubscriberInbox _inbox;
    private readonly IClock _clock;
    private readonly int _subscribersMax;
    private readonly Lock _closing = new();
    private int _open;
    private bool _closed;

    /// <summary>Makes the publisher; it holds nobody's thread.</summary>
    /// <param name="quotes">The quotes of each instrument.</param>
    /// <param name="table">Names the venues and instruments.</param>
    /// <param name="signal">What the driving thread sleeps on: <c>PublisherSignal</c> of the pipeline.</param>
    /// <param name="subscribersMax">Bound of streams; one more is refused.</param>
    /// <param name="fees">The venues' fees; null: none.</param>
    /// <param name="clock">The engine's clock; null: the machine's.</param>
    public QuotePublisher(
        IReadOnlyList<QuoteRing> quotes,
        BookTable table,
        WaitSignal signal,
        int subscribersMax = 10_000,
        FeeSchedule? fees = null,
        IClock? clock = null)
    {
        _inbox = new SubscriberInbox(signal);
        _subscribersMax = subscribersMax;
        _clock = clock ?? default(MonotonicClock);
        Quotes = quotes;
        Encoders = new QuoteEncoders(table, fees ?? FeeSchedule.None, UnixClock.Of(_clock));
        _summaries = new QuoteFeed[quotes.Count];
        for (var instrument = 0; instrument < _summaries.Length; instrument++)
        {
            _summaries[instrument] = new QuoteFeed(
                quotes[instrument], new SummaryEncoder(quotes[instrument].Levels, table.Definitions), Counters);
        }

        _feeds = new FeedDirectory(key => new QuoteFeed(
            quotes[key.Seat.Place], Encoders.Make(key, quotes[key.Seat.Place].Levels), Counters, key));
        _alarm = new Timer(static signal => ((WaitSignal)signal!).Notify(), signal, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>What was done so far.</summary>
    public PublisherCounters Counters { get; } = new();

    /// <summary>The quotes of each place.</summary>
    internal IReadOnlyList<QuoteRing> Quotes { get; }

    /// <summary>Feeds beside the summaries, in use or kept for the next who wants the same.</summary>
    internal int FeedCount => _feeds.Count;

    /// <summary>The engine's clock.</summary>
    internal IClock Time => _clock;

    /// <summary>Makes encoders of quotes.</summary>
    internal QuoteEncoders Encoders { get; }

    /// <inheritdoc/>
    public int DoWork()
    {
        var now = _clock.NowNanos();
        var work = 0;
        for (var subscriber = _inbox.TakeAll(); subscriber is not null; work++)
        {
            var next = SubscriberInbox.Unlink(subscriber);
            Attend(subscriber, now);
            subscriber = next;
        }

        // backwards: the last one takes the place of one that is removed
        for (var index = _active.Count - 1; index >= 0; index--)
        {
            if (index < _active.Count)
            {
                work += Publish(_active[index], now);
            }
        }

        return work + DoTimedWork(now);
    }

    /// <summary>
    /// Hands a stream of summaries to the publisher, which writes to it until it is stopped and has been released. Null
    /// when the bound of streams is reached or the publisher is closed.
    /// </summary>
    internal QuoteSubscriber? TrySubscribe(int instrument, PipeWriter pipe) =>
        TrySubscribe([new QuoteLeg(_summaries[instrument])], new SubscriptionTerms(), pipe);

    /// <summary>
    /// The same for quotes as they are asked for. Null also when there is no memory for more feeds.
    /// </summary>
    /// <param name="wanted">The feeds, each once, and the number in its ring of the quote that the client has.</param>
    /// <param name="terms">How the stream wants its quotes.</param>
    /// <param name="pipe">The stream.</param>
    internal QuoteSubscriber? TrySubscribe(
        IReadOnlyList<(FeedKey Key, long After)> wanted, SubscriptionTerms terms, PipeWriter pipe)
    {
        var legs = new List<QuoteLeg>();
        foreach (var (key, after) in wanted)
        {
            if (_feeds.TryRent(key) is not { } feed)
            {
                Return(legs);
                return null;
            }

            legs.Add(new QuoteLeg(feed, after));
        }

        var subscriber = TrySubscribe(legs, terms, pipe);
        if (subscriber is null)
        {
            Return(legs);
        }

        return subscriber;
    }

    /// <summary>Releases every stream. Only when no thread drives the publisher any more.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _closed, true);
        Interlocked.MemoryBarrier();   // pairs with the exchange of a post: one of the two sees the other
        ReleaseAll();
        _alarm.DisposeAsync().AsTask().GetAwaiter().GetResult();   // the signal it wakes goes away next
    }

    private QuoteSubscriber? TrySubscribe(IReadOnlyList<QuoteLeg> legs, SubscriptionTerms terms, PipeWriter pipe)
    {
        if (Interlocked.Increment(ref _open) > _subscribersMax)
        {
            Interlocked.Decrement(ref _open);
            return null;
        }

        var subscriber = new QuoteSubscriber(legs, terms, pipe, _inbox);
        _inbox.Post(subscriber);
        if (Volatile.Read(ref _closed))
        {
            ReleaseAll();   // the last look of Dispose may have been before the post
        }

        return subscriber;
    }

    private int Publish(QuoteFeed feed, long now)
    {
        var count = feed.EncodeNew();
        if (count != 0)
        {
            for (var index = feed.Legs.Count - 1; index >= 0; index--)
            {
                Write(feed.Legs[index], now);
            }
        }

        return count;
    }

    private void Attend(QuoteSubscriber subscriber, long now)
    {
        if (subscriber.Released.IsCompleted)
        {
            return;
        }

        if (!subscriber.IsServed && !subscriber.IsStopped)
        {
            Add(subscriber, now);
        }

        // The one that came last goes first the next time: an instrument that always has news must not starve others.
        var legs = subscriber.Legs;
        var turn = subscriber.Turn;
        subscriber.Turn = (turn + 1) % legs.Count;
        for (var count = 0; count < legs.Count && !subscriber.Released.IsCompleted; count++)
        {
            Write(legs[(turn + count) % legs.Count], now);
        }
    }

    private void Add(QuoteSubscriber subscriber, long now)
    {
        subscriber.IsServed = true;
        Counters.AddSubscribers(1);
        for (var index = 0; index < subscriber.Legs.Count; index++)
        {
            var leg = subscriber.Legs[index];
            leg.Feed.Add(leg, now);
            if (leg.Feed.Position < 0)
            {
                leg.Feed.Position = _active.Count;
                _active.Add(leg.Feed);
            }
        }
    }

    private void Write(QuoteLeg leg, long now)
    {
        var subscriber = leg.Subscriber;
        try
        {
            // a stopped one is let go as soon as no flush is under way
            var due = long.MaxValue;
            if (!subscriber.TryEndFlush()
                || (subscriber.IsStopped || subscriber.IsOverrun
                    ? !subscriber.IsLagging
                    : !leg.Feed.TryWriteDue(leg, now, out due)))
            {
                Let(subscriber, null);
            }
            else if (due != long.MaxValue)
            {
                Await(leg, due, now);
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
        if (subscriber.IsServed)
        {
            subscriber.IsServed = false;
            Counters.AddSubscribers(-1);
            for (var index = 0; index < subscriber.Legs.Count; index++)
            {
                Remove(subscriber.Legs[index]);
            }
        }

        if (error is not null)
        {
            Counters.AddBroken();
        }
        else if (subscriber.IsOverrun)
        {
            Counters.AddOverrun();
        }

        Return(subscriber.Legs);
        Interlocked.Decrement(ref _open);
        subscriber.Release(error);
    }

    private void Remove(QuoteLeg leg)
    {
        var feed = leg.Feed;
        feed.Remove(leg);
        if (feed.Legs.Count == 0)
        {
            var last = _active[^1];
            _active[feed.Position] = last;
            last.Position = feed.Position;
            _active.RemoveAt(_active.Count - 1);
            feed.Position = -1;
        }
    }

    private void Return(IReadOnlyList<QuoteLeg> legs)
    {
        foreach (var leg in legs)
        {
            if (leg.Feed.Key is not null)
            {
                _feeds.Return(leg.Feed);
            }
        }
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

            while (_active.Count != 0)
            {
                Let(_active[^1].Legs[^1].Subscriber, null);
            }
        }
    }
}

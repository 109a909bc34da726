using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Quotes;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// A pipeline as the server's, of the same types, with threads that wait as the server's do on the same cores, a
/// subscriber of each kind, and books that nobody sees. Threads: made, fed and disposed by one; the pipeline's own are
/// those of the server.
/// </summary>
internal sealed class ThrowAwayPipeline : IDisposable
{
    private const int Capacity = 256;   // small, so that rings come round and fill up
    private readonly QuoterPipeline _pipeline;
    private readonly QuotePublisher _publisher;
    private readonly IReadOnlyList<AgentThread> _threads;
    private readonly Pipe _stream = new();
    private readonly Pipe _quotes = new();
    private readonly QuoteSubscriber[] _subscribers;
    private readonly List<SampleVenue> _venues = [];
    private Exception? _failure;

    public ThrowAwayPipeline(QuoterOptions options, WaitPlan waits)
    {
        options = options with
        {
            Instruments = [options.Instruments[0]],
            LaneCapacity = Math.Min(options.LaneCapacity, Capacity),
            QuoteCapacity = Math.Min(options.QuoteCapacity, Capacity),
            Journal = null,
        };
        _pipeline = PipelinePlan.Make(options, waits);
        _publisher = new QuotePublisher(_pipeline.Quotes, _pipeline.Table, _pipeline.PublisherSignal);
        for (var book = 0; book < _pipeline.Table.Definitions.Length; book++)
        {
            var definition = _pipeline.Table.Definitions[book];
            var venue = options.Venues[definition.Connection].Feed;
            _venues.Add(new SampleVenue(
                venue, definition, book, _pipeline.Table.Definitions.Length, _pipeline.Lanes[definition.Connection]));
        }

        var seat = new InstrumentSeat(_pipeline.Table.Instruments[0], 0);
        var terms = new QuoteTerms(_pipeline.Quotes[0].Levels);
        _subscribers =
        [
            Admitted(_publisher.TrySubscribe(0, _stream.Writer)),
            Admitted(_publisher.TrySubscribe(
                [
                    (new FeedKey(seat, terms, false), -1),
                    (new FeedKey(seat, terms with { HasFees = true, IsUncrossed = true }, false), -1),
                ],
                new SubscriptionTerms(),
                _quotes.Writer)),
        ];
        _threads = PipelinePlan.MakeThreads(options, waits, _pipeline, _publisher, OnFatal);
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>The venues, each with a day to be played.</summary>
    public IReadOnlyList<SampleVenue> Venues => _venues;

    /// <summary>Messages that the books applied so far.</summary>
    public long Updates
    {
        get
        {
            var updates = 0L;
            foreach (var status in _pipeline.Table.Statuses)
            {
                updates += status.Updates + status.Snapshots;
            }

            return updates;
        }
    }

    /// <summary>Call after each round: takes what the subscriber was sent and the notices of the books.</summary>
    /// <exception cref="InvalidOperationException">A thread of the pipeline failed.</exception>
    public void EndRound()
    {
        if (_failure is { } failure)
        {
            throw new InvalidOperationException($"the warm-up's pipeline failed: {failure.Message}", failure);
        }

        Drain(_stream.Reader);
        Drain(_quotes.Reader);

        while (_pipeline.Notices.TryTake(out _))
        {
        }
    }

    /// <summary>Ends the threads and gives all memory back.</summary>
    public void Dispose()
    {
        foreach (var venue in _venues)
        {
            venue.Stop();
        }

        foreach (var thread in _threads)
        {
            thread.Dispose();
        }

        foreach (var subscriber in _subscribers)
        {
            subscriber.Stop();
        }

        _publisher.Dispose();
        foreach (var pipe in (Pipe[])[_stream, _quotes])
        {
            pipe.Writer.Complete();
            pipe.Reader.Complete();
        }

        _pipeline.Dispose();
    }

    private static QuoteSubscriber Admitted(QuoteSubscriber? subscriber) =>
        subscriber ?? throw new InvalidOperationException("the publisher refused one of its first subscribers");

    private static void Drain(PipeReader stream)
    {
        while (stream.TryRead(out var sent) && !sent.Buffer.IsEmpty)
        {
            stream.AdvanceTo(sent.Buffer.End);
        }
    }

    private void OnFatal(Exception failure)
    {
        Volatile.Write(ref _failure, failure);
        foreach (var venue in _venues)
        {
            venue.Stop();   // nobody drains the lanes any more
        }
    }
}

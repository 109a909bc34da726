using System;
using System.Threading;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Drives what lies behind a replay's lane: on the caller's thread after each record, or on threads as live, to which
/// the caller is the reader. Threads may be behind by a bounded count of events, so that no quote is overwritten before
/// it is read. Threads: the caller's.
/// </summary>
internal sealed class ReplayDrive : IDisposable
{
    private const int EventsAhead = 128;
    private readonly QuoterPipeline _pipeline;
    private readonly DepthLane _lane;
    private readonly QuoteTally _quotes;
    private readonly AgentThread[] _threads;
    private volatile Exception? _failure;
    private long _settled;

    /// <summary>Prepares to drive a pipeline with one lane.</summary>
    public ReplayDrive(QuoterPipeline pipeline, QuoteTally quotes, ThreadingMode mode)
    {
        _pipeline = pipeline;
        _lane = pipeline.Lanes[0];
        _quotes = quotes;
        _threads = mode switch
        {
            ThreadingMode.Invoker => [],
            ThreadingMode.Shared => [Thread("engine", new AgentGroup(pipeline, quotes), pipeline.EngineSignal)],
            _ =>
            [
                Thread("engine", pipeline, pipeline.EngineSignal),
                Thread("quotes", quotes, pipeline.PublisherSignal),
            ],
        };
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>True when threads do the work.</summary>
    public bool HasThreads => _threads.Length != 0;

    /// <summary>What was published is dealt with: all of it without threads, else as far as they have come.</summary>
    public void AfterRecord()
    {
        if (!HasThreads)
        {
            while (_pipeline.DoWork() != 0)
            {
                _quotes.DoWork();
            }
        }
        else if (_lane.PublishedCount - _settled >= EventsAhead)
        {
            Settle();
        }
    }

    /// <summary>Returns when every event is in the books and every quote is read.</summary>
    /// <exception cref="InvalidOperationException">A thread failed; the reason is inside.</exception>
    public void Settle()
    {
        if (!HasThreads)
        {
            AfterRecord();
            return;
        }

        var wait = new SpinWait();
        while (_lane.Consumed.Get() + 1 < _lane.PublishedCount || !_quotes.HasReadAll)
        {
            ThrowIfFailed();
            wait.SpinOnce();
        }

        _settled = _lane.PublishedCount;
    }

    /// <summary>Settles and ends the threads, so that the caller may look at the books.</summary>
    public void Stop()
    {
        Settle();
        Dispose();
        ThrowIfFailed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var thread in _threads)
        {
            thread.Dispose();
        }
    }

    private AgentThread Thread(string name, IAgent agent, WaitSignal signal) =>
        new(name, agent, WaitStrategyKind.Blocking, signal, -1, e => _failure = e);

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new InvalidOperationException($"a thread of the replay failed: {failure.Message}", failure);
        }
    }
}

using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// One stream of quotes. Its pipe belongs to the publisher from the subscription until <see cref="Released"/>.
/// Threads: <see cref="Stop"/> and <see cref="Released"/> any; the flush's completion a pool thread; everything else
/// the publisher.
/// </summary>
internal sealed class QuoteSubscriber
{
    /// <summary>1 while in the inbox; the inbox's.</summary>
    public int Posted;

    /// <summary>The next one in the inbox; the inbox's.</summary>
    public QuoteSubscriber? Next;

    private readonly PipeWriter _pipe;
    private readonly SubscriberInbox _inbox;
    private readonly Action _onFlushed;
    private readonly TaskCompletionSource<Exception?> _released =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _overrun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _flush;
    private bool _flushing;
    private bool _flushed;
    private bool _stopped;

    public QuoteSubscriber(
        IReadOnlyList<QuoteLeg> legs, SubscriptionTerms terms, PipeWriter pipe, SubscriberInbox inbox)
    {
        Legs = legs;
        Terms = terms;
        _pipe = pipe;
        _inbox = inbox;
        _onFlushed = OnFlushed;
        foreach (var leg in legs)
        {
            leg.Subscriber = this;
        }
    }

    /// <summary>Its instruments.</summary>
    public IReadOnlyList<QuoteLeg> Legs { get; }

    /// <summary>How it wants its quotes.</summary>
    public SubscriptionTerms Terms { get; }

    /// <summary>
    /// Completes when the publisher will not touch the pipe again; with the error that broke it, if one did.
    /// </summary>
    public Task<Exception?> Released => _released.Task;

    /// <summary>True while the publisher serves it.</summary>
    public bool IsServed { get; set; }

    /// <summary>The leg whose turn it is to write first.</summary>
    public int Turn { get; set; }

    /// <summary>True when it was too far behind, and ends because it asked for that.</summary>
    public bool IsOverrun => _overrun.Task.IsCompleted;

    /// <summary>Completes when it was too far behind, and so is to be stopped.</summary>
    public Task Ending => _overrun.Task;

    /// <summary>True while a flush is under way: nothing is written meanwhile.</summary>
    public bool IsLagging => _flushing;

    /// <summary>True when the subscription is to end.</summary>
    public bool IsStopped => Volatile.Read(ref _stopped);

    /// <summary>Asks the publisher to let go of the pipe. It does so once a flush under way has ended.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stopped, true);
        _inbox.Post(this);
    }

    /// <summary>Publisher: it is too far behind, and gets no more.</summary>
    public void Overrun() => _overrun.TrySetResult();

    /// <summary>Publisher: adds a frame to what the next flush sends.</summary>
    public void Write(ReadOnlySpan<byte> frame) => _pipe.Write(frame);

    /// <summary>Publisher: sends what was written. False when the stream is over.</summary>
    public bool TryFlush()
    {
        var flush = _pipe.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            return !flush.Result.IsCompleted;
        }

        _flushing = true;
        _flush = flush.ConfigureAwait(false).GetAwaiter();
        _flush.UnsafeOnCompleted(_onFlushed);
        return true;
    }

    /// <summary>Publisher: takes note of a flush that ended since. False when the stream is over.</summary>
    public bool TryEndFlush()
    {
        if (!_flushing || !Volatile.Read(ref _flushed))
        {
            return true;
        }

        _flushed = false;
        _flushing = false;
        var result = _flush.GetResult();
        _flush = default;
        return !result.IsCompleted;
    }

    /// <summary>Publisher: lets go of the pipe.</summary>
    public void Release(Exception? error) => _released.TrySetResult(error);

    private void OnFlushed()
    {
        Volatile.Write(ref _flushed, true);
        _inbox.Post(this);
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Ends a call at the first of: client gone, deadline passed, server draining; and remembers which it was.
/// Threads: the causes come from any; one disposes.
/// </summary>
internal sealed class CallLifetime : IAsyncDisposable
{
    /// <summary>
    /// The longest time a timer takes, 49 days. A deadline beyond it outlives every stream and is not armed.
    /// </summary>
    private static readonly TimeSpan TimerMax = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _gone;
    private readonly CancellationTokenRegistration _draining;
    private readonly ITimer? _timer;
    private int _cause;

    /// <summary>Starts watching.</summary>
    /// <param name="timeout">Time the client gives, or null.</param>
    /// <param name="time">Runs the deadline.</param>
    /// <param name="gone">Canceled when the client is gone.</param>
    /// <param name="draining">Canceled when the server shuts down.</param>
    public CallLifetime(TimeSpan? timeout, TimeProvider time, CancellationToken gone, CancellationToken draining)
    {
        _gone = gone.UnsafeRegister(static self => ((CallLifetime)self!).End(CallEnd.ClientGone), this);
        _draining = draining.UnsafeRegister(static self => ((CallLifetime)self!).End(CallEnd.Draining), this);
        if (timeout <= TimeSpan.Zero)
        {
            End(CallEnd.DeadlinePassed);
        }
        else if (timeout <= TimerMax)
        {
            _timer = time.CreateTimer(
                static self => ((CallLifetime)self!).End(CallEnd.DeadlinePassed),
                this,
                timeout.Value,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Canceled at the first cause.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The first cause.</summary>
    public CallEnd Cause => (CallEnd)Volatile.Read(ref _cause);

    /// <summary>The status that goes with the cause.</summary>
    public GrpcStatus Status => Cause switch
    {
        CallEnd.DeadlinePassed => new GrpcStatus(StatusCode.DeadlineExceeded, "the deadline passed"),
        CallEnd.Draining => new GrpcStatus(StatusCode.Unavailable, "the server is shutting down"),
        CallEnd.ClientGone => new GrpcStatus(StatusCode.Cancelled, "the client ended the call"),
        _ => GrpcStatus.Ok,
    };

    /// <summary>Stops watching; afterwards no cause can come any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);   // waits for a callback under way
        }

        await _gone.DisposeAsync().ConfigureAwait(false);
        await _draining.DisposeAsync().ConfigureAwait(false);
        _source.Dispose();
    }

    private void End(CallEnd cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)CallEnd.None) == (int)CallEnd.None)
        {
            _source.Cancel();
        }
    }
}

using System;
using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Lets a consumer sleep without losing a wake-up and costs a producer one fence and one read when nobody sleeps.
/// Invariant: a consumer that sleeps has announced itself before it looked for work a last time; a producer looks for
/// announced consumers after it published. One of the two therefore sees the other (both have a full fence between
/// their write and their read). Threads: any number of producers; one consumer.
/// </summary>
public sealed class WaitSignal : IDisposable
{
    private readonly AutoResetEvent _wake = new(false);
    private PaddedLong _announced;

    /// <summary>Producer: call after publishing.</summary>
    [HotPath]
    public void Notify()
    {
        Interlocked.MemoryBarrier();   // pairs with the exchange in Announce
        if (Volatile.Read(ref _announced.Value) != 0)
        {
            Wake();
        }
    }

    /// <summary>
    /// Consumer: announces that it is about to sleep. Look for work once more before <see cref="Sleep"/>.
    /// </summary>
    public void Announce() => Interlocked.Exchange(ref _announced.Value, 1);

    /// <summary>Consumer: sleeps until notified or until the time has passed, and withdraws the announcement.</summary>
    public void Sleep(int millis)
    {
        _wake.WaitOne(millis);
        Volatile.Write(ref _announced.Value, 0);
    }

    /// <summary>Consumer: found work after all.</summary>
    public void Withdraw() => Volatile.Write(ref _announced.Value, 0);

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private void Wake()
    {
        // Only the first of several producers pays for the system call.
        if (Interlocked.Exchange(ref _announced.Value, 0) != 0)
        {
            _wake.Set();
        }
    }
}

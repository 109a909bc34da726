using System;
using System.Threading;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;

namespace LowLatencyQuoter.Perf.Compare.Quotes;

/// <summary>
/// The product's publishing duty cycle, which also writes the quotes to be published, as long as the streams keep up.
/// Threads: <see cref="DoWork"/> by the publishing thread; the rest by the one that measures.
/// </summary>
internal sealed class FanOutAgent(FanOutQuotes quotes, QuotePublisher publisher, int subscribers)
    : IAgent, IDisposable
{
    private const int QuotesAtOnce = 32;
    private const int QuotesUnderWay = 64;   // a quarter of what the publisher keeps for streams that lag
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly ManualResetEventSlim _done = new(true);
    private long _wanted;
    private long _written;
    private long _allocatedBytes;

    /// <summary>Bytes the publishing thread had allocated at the end of its last duty cycle.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    /// <summary>Publishes so many quotes and waits until they were handed to every stream.</summary>
    public void Publish(int count)
    {
        _done.Reset();
        Volatile.Write(ref _wanted, _wanted + count);
        quotes.Signal.Notify();
        if (!_done.Wait(Limit))
        {
            throw new ComparisonException(
                $"the publisher wrote {publisher.Counters.Sent} messages and stopped short of {_wanted * subscribers}");
        }
    }

    /// <inheritdoc/>
    public int DoWork()
    {
        var due = Volatile.Read(ref _wanted);
        var underWay = (_written * subscribers) - Handled;
        for (var count = 0; count < QuotesAtOnce && _written < due && underWay < QuotesUnderWay * subscribers; count++)
        {
            quotes.WriteNext();
            _written++;
        }

        var work = publisher.DoWork();
        Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
        if (_written == due && Handled == due * subscribers)
        {
            _done.Set();
        }

        return work;
    }

    /// <inheritdoc/>
    public void Dispose() => _done.Dispose();

    /// <summary>Messages written or left out, without the first one of each stream.</summary>
    private long Handled => publisher.Counters.Sent + publisher.Counters.Conflated - subscribers;
}

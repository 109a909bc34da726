using System;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>An instrument that is quoted, in its place among the engine's. Threads: any.</summary>
public sealed class InstrumentSeat
{
    private static long _lastEpoch;
    private readonly TaskCompletionSource _retired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes a place.</summary>
    /// <param name="name">The instrument, for instance <c>BTC/USDT</c>.</param>
    /// <param name="place">Its index in the engine.</param>
    /// <param name="quotesBefore">Quotes that the place made for other instruments before.</param>
    public InstrumentSeat(string name, int place, long quotesBefore = 0)
    {
        Name = name;
        Place = place;
        QuotesBefore = quotesBefore;
    }

    /// <summary>The instrument.</summary>
    public string Name { get; }

    /// <summary>Its index in the engine.</summary>
    public int Place { get; }

    /// <summary>Quotes that the place made for other instruments before.</summary>
    public long QuotesBefore { get; }

    /// <summary>
    /// Tells one stay of an instrument from every other: the time it began, milliseconds of Unix time, or one more than
    /// the epoch before, so that a later one is larger, also after a restart.
    /// </summary>
    public long Epoch { get; } = NextEpoch();

    /// <summary>Completes when the instrument is quoted no more.</summary>
    public Task Retired => _retired.Task;

    /// <summary>Ends everything that streams the instrument.</summary>
    internal void Retire() => _retired.TrySetResult();

    private static long NextEpoch()
    {
        while (true)
        {
            var last = Volatile.Read(ref _lastEpoch);
            var next = Math.Max(last + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            if (Interlocked.CompareExchange(ref _lastEpoch, next, last) == last)
            {
                return next;
            }
        }
    }
}

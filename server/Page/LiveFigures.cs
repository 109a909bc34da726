using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Server.Metrics;

namespace LowLatencyQuoter.Server.Page;

/// <summary>
/// Figures that nobody on the hot path counts: latencies, and how many messages a second each venue sends. Fifty times
/// a second a pool thread reads what others publish. Threads: any; start and disposal by one.
/// </summary>
public sealed class LiveFigures : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private readonly Func<IReadOnlyList<IVenueConnection>> _venues;
    private readonly Func<long> _nowNanos;
    private readonly MessageRates _rates = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _sampling = Task.CompletedTask;

    /// <summary>Nothing is read before the start.</summary>
    /// <param name="latencies">What measures latencies.</param>
    /// <param name="venues">The connections.</param>
    /// <param name="nowNanos">The engine's clock.</param>
    public LiveFigures(
        LatencySampler latencies, Func<IReadOnlyList<IVenueConnection>> venues, Func<long> nowNanos)
    {
        Latencies = latencies;
        _venues = venues;
        _nowNanos = nowNanos;
    }

    /// <summary>Latencies from message to quote.</summary>
    public LatencySampler Latencies { get; }

    /// <summary>Messages a second of a venue's socket; null while that is not known.</summary>
    public double? MessagesPerSecond(string venue) => _rates.Of(venue);

    /// <summary>Begins to look.</summary>
    public void Start() => _sampling = SampleAsync(_stop.Token);

    /// <summary>One look; the loop's, and a test's.</summary>
    internal void Look()
    {
        var now = _nowNanos();
        Latencies.Sample(now);
        _rates.Note(now, Frames);
    }

    /// <summary>Ends the looking; nothing of the pipeline is read any more when this has completed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _sampling.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }

        _stop.Dispose();
    }

    private async Task SampleAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            Look();
        }
    }

    private IEnumerable<(string Name, long Count)> Frames()
    {
        foreach (var venue in _venues())
        {
            yield return (venue.Venue, Volatile.Read(ref venue.Counters.Frames));
        }
    }
}

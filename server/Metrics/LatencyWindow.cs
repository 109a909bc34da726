using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// Latencies of the last seconds: as many histograms as the window has steps, of which the oldest is emptied and
/// written again at each step. Threads: one at a time.
/// </summary>
internal sealed class LatencyWindow
{
    /// <summary>Steps of the window; it reaches back one of them less to the whole.</summary>
    public const int Steps = 5;

    /// <summary>From 64 ns to ten seconds, two digits: 22 KiB.</summary>
    public static readonly HistogramLayout Layout = new(64, 10_000_000_000, 2);

    private readonly Histogram[] _steps = new Histogram[Steps];
    private readonly Histogram _sum = new(Layout);
    private int _current;

    /// <summary>An empty window.</summary>
    public LatencyWindow()
    {
        for (var step = 0; step < Steps; step++)
        {
            _steps[step] = new Histogram(Layout);
        }
    }

    /// <summary>Counts a latency, in nanoseconds.</summary>
    public void Record(long nanos) => _steps[_current].Record(nanos);

    /// <summary>The next step begins: what was counted in the oldest one is gone.</summary>
    public void Turn()
    {
        _current = (_current + 1) % Steps;
        _steps[_current].Reset();
    }

    /// <summary>All of the window; overwritten by the next call.</summary>
    public Histogram Sum()
    {
        _sum.Reset();
        foreach (var step in _steps)
        {
            _sum.Add(step);
        }

        return _sum;
    }
}

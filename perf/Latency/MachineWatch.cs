using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// Looks at what the machine does to threads that only spin, beside the windows of a measurement. One thread.
/// </summary>
/// <param name="cores">Where to look.</param>
/// <param name="plan">How long: nothing is seen where the plan gives it no time.</param>
internal sealed class MachineWatch(IReadOnlyList<int> cores, LatencyPlan plan)
{
    private const double BehindSecondsMax = 1;
    private readonly List<StallReport> _stalls = [];

    /// <summary>What was seen before and after the whole measurement.</summary>
    public IReadOnlyList<StallReport> Stalls => _stalls;

    /// <summary>Watches for as long as was asked for.</summary>
    /// <param name="when"><c>before</c> or <c>after</c> the measurement.</param>
    /// <param name="shown">Told now and then how much of it is done, 0 to 1; null: nobody looks.</param>
    public void Look(string when, Action<double>? shown = null) =>
        _stalls.AddRange(Look(when, plan.JitterSeconds, shown));

    /// <summary>Watches for a second at most, right behind the windows of a rate.</summary>
    public IReadOnlyList<StallReport> LookBehind() =>
        Look("behind", Math.Min(plan.JitterSeconds, BehindSecondsMax), null);

    /// <summary>The cores of a map, each once.</summary>
    public static IReadOnlyList<int> CoresOf(CoreMap map)
    {
        var cores = new List<int>();
        foreach (var role in map.Roles)
        {
            if (!cores.Contains(map.Of(role)))
            {
                cores.Add(map.Of(role));
            }
        }

        return cores;
    }

    private IReadOnlyList<StallReport> Look(string when, double seconds, Action<double>? shown) =>
        seconds > 0 ? StallMeter.WatchInParts(when, cores, TimeSpan.FromSeconds(seconds), shown) : [];
}

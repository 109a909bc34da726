using System;
using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Jitter;

/// <summary>
/// Watches what the machine does to threads that only look at the clock: one a core, all at once, as the measured
/// threads run.
/// </summary>
internal static class StallMeter
{
    /// <summary>Spins on these cores for a while. Runs the loop a moment first, so that it is compiled.</summary>
    /// <param name="when">What the reports are marked with.</param>
    /// <param name="cores">The cores; no more than there are.</param>
    /// <param name="length">How long.</param>
    /// <exception cref="PerfException">A thread could not be pinned.</exception>
    public static IReadOnlyList<StallReport> Watch(string when, IReadOnlyList<int> cores, TimeSpan length)
    {
        var threads = new Thread[cores.Count];
        var stalls = new StallRecorder[cores.Count];
        var refusals = new string?[cores.Count];
        for (var index = 0; index < threads.Length; index++)
        {
            var own = index;
            stalls[own] = new StallRecorder();
            threads[own] = new Thread(() => refusals[own] = Run(stalls[own], cores[own], length))
            {
                Name = $"jitter-{cores[own]}",
                IsBackground = true,
            };
        }

        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        var reports = new List<StallReport>();
        for (var index = 0; index < threads.Length; index++)
        {
            if (refusals[index] is { } refusal)
            {
                throw new PerfException(refusal, 1);
            }

            reports.Add(StallReport.Of(when, "spinner", cores[index], stalls[index]));
        }

        return reports;
    }

    private static string? Run(StallRecorder stalls, int core, TimeSpan length)
    {
        if (!CpuAffinity.TryPinCurrentThread(core, out var reason))
        {
            return reason;
        }

        Spin(stalls, 20_000_000);
        stalls.Reset();
        Spin(stalls, length.Ticks * 100);
        return null;
    }

    [HotPath]
    private static void Spin(StallRecorder stalls, long nanos)
    {
        var now = MonotonicClock.Nanos();
        var end = now + nanos;
        while (now < end)
        {
            var before = now;
            now = MonotonicClock.Nanos();
            stalls.Note(before, now);
        }
    }
}

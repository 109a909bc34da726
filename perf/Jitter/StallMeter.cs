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
    /// <summary>
    /// Watches in parts of about a second and tells between them, while no thread is watched, how much is done.
    /// </summary>
    /// <param name="when">What the reports are marked with.</param>
    /// <param name="cores">The cores; no more than there are.</param>
    /// <param name="length">How long in all.</param>
    /// <param name="shown">Told 0 to 1; null: nobody looks, and it is one part.</param>
    /// <exception cref="PerfException">A thread could not be pinned.</exception>
    public static IReadOnlyList<StallReport> WatchInParts(
        string when, IReadOnlyList<int> cores, TimeSpan length, Action<double>? shown)
    {
        var parts = shown is null ? 1 : Math.Max(1, (int)length.TotalSeconds);
        var sums = new List<StallReport>();
        shown?.Invoke(0);
        for (var part = 0; part < parts; part++)
        {
            Add(sums, Watch(when, cores, length / parts));
            shown?.Invoke((part + 1.0) / parts);
        }

        return sums;
    }

    /// <summary>Adds reports to sums of the same threads, in the same order; takes them where there are none.</summary>
    public static void Add(List<StallReport> sums, IReadOnlyList<StallReport> reports)
    {
        for (var index = 0; index < reports.Count; index++)
        {
            if (index == sums.Count)
            {
                sums.Add(reports[index]);
            }
            else
            {
                sums[index] = sums[index].Plus(reports[index]);
            }
        }
    }

    /// <summary>Spins on these cores for a while. Runs the loop a moment first, so that it is compiled.</summary>
    /// <param name="when">What the reports are marked with.</param>
    /// <param name="cores">The cores; no more than there are.</param>
    /// <param name="length">How long.</param>
    /// <param name="mustPin">False to watch a thread that cannot be pinned where it happens to run, as core -1.</param>
    /// <exception cref="PerfException">A thread could not be pinned.</exception>
    public static IReadOnlyList<StallReport> Watch(
        string when, IReadOnlyList<int> cores, TimeSpan length, bool mustPin = true)
    {
        var threads = new Thread[cores.Count];
        var stalls = new StallRecorder[cores.Count];
        var refusals = new string?[cores.Count];
        for (var index = 0; index < threads.Length; index++)
        {
            var own = index;
            stalls[own] = new StallRecorder();
            threads[own] = new Thread(() => refusals[own] = Run(stalls[own], cores[own], length, mustPin))
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
            if (refusals[index] is { } refusal && mustPin)
            {
                throw new PerfException(refusal, 1);
            }

            reports.Add(StallReport.Of(when, "spinner", refusals[index] is null ? cores[index] : -1, stalls[index]));
        }

        return reports;
    }

    private static string? Run(StallRecorder stalls, int core, TimeSpan length, bool mustPin)
    {
        var isPinned = CpuAffinity.TryPinCurrentThread(core, out var reason);
        if (!isPinned && mustPin)
        {
            return reason;
        }

        Spin(stalls, 20_000_000);
        stalls.Reset();
        Spin(stalls, length.Ticks * 100);
        return isPinned ? null : reason;
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

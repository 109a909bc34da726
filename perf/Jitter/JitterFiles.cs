using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Perf.Histograms;

namespace LowLatencyQuoter.Perf.Jitter;

/// <summary>Stalls as files that the histogram tools read, one histogram a core.</summary>
internal sealed class JitterFiles
{
    private readonly Option<string?> _hgrm = Flag.Target(
        "--hgrm", "folder for a percentile table of each core's stalls");
    private readonly Option<string?> _hlog = Flag.Target("--hlog", "file for an HdrHistogram log of the stalls");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command) => Flag.Add(command, _hgrm, _hlog);

    /// <summary>Writes the files that were asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="started">When the watch began.</param>
    /// <param name="stalls">One a core.</param>
    /// <param name="told">Told of each that was written.</param>
    public void Write(
        ParseResult parsed, DateTimeOffset started, IReadOnlyList<StallReport> stalls, Action<string> told)
    {
        if (parsed.GetValue(_hgrm) is { } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var stall in stalls)
            {
                using var output = new StreamWriter(Path.Combine(folder, $"jitter-{Core(stall)}.hgrm"));
                PercentileText.Write(stall.Gaps, output, 1_000);
            }

            told($"{stalls.Count} files in {folder}");
        }

        if (parsed.GetValue(_hlog) is { } file)
        {
            using var output = new StreamWriter(file);
            var log = new HistogramLogWriter(output);
            log.WriteHeader(started);
            log.WriteComment("[jitter: stalls of spinning threads; tags are cores, values nanoseconds]");
            foreach (var stall in stalls)
            {
                log.Write(stall.Gaps, started.ToUnixTimeMilliseconds() / 1000.0, stall.WatchedSeconds, Core(stall));
            }

            told(file);
        }
    }

    private static string Core(StallReport stall) => string.Create(CultureInfo.InvariantCulture, $"core{stall.Core}");
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Jitter;

/// <summary><c>jitter</c>: what the machine itself does to spinning threads.</summary>
internal static class JitterCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var seconds = Flag.Of("--seconds", "how long to watch", 10.0);
        var cores = new Option<string?>("--cores")
        {
            Description = "0,1: a spinning thread on each (default: every core of the machine)",
        };
        var json = Flag.Json();
        var command = new Command("jitter", "What the machine does to threads that only spin, one a core, all at once.")
        {
            seconds, cores, json,
        };
        var files = new JitterFiles();
        files.AddTo(command);
        command.SetAction(parsed =>
        {
            var machine = MachineReading.Take();
            var started = DateTimeOffset.UtcNow;
            var stalls = Watch(Cores(parsed.GetValue(cores)), Length(parsed.GetValue(seconds)));
            var output = parsed.InvocationConfiguration.Output;
            var run = RunFacts.Of(machine, parsed);
            if (parsed.GetValue(json))
            {
                output.WriteLine(ReportJson.Write(writer =>
                {
                    writer.WriteString("name", "jitter");
                    MachineJson.Write(writer, machine);
                    ReportJson.WriteFacts(writer, "conditions", run);
                    ReportJson.WriteStalls(writer, "stalls", stalls);
                }));
            }
            else
            {
                ReportText.WriteFacts(machine.Facts, output);
                ReportText.WriteFacts(run, output);
                ReportText.WriteStalls(stalls, output);
            }

            files.Write(parsed, started, stalls, file => Told(output, parsed.GetValue(json), file));
            return 0;
        });
        return command;
    }

    private static void Told(TextWriter output, bool isJson, string file)
    {
        if (!isJson)
        {
            output.WriteLine($"wrote {file}");
        }
    }

    /// <summary>Reads a list of cores; null stands for all.</summary>
    /// <exception cref="PerfException">A part is no core of this machine, or is there twice.</exception>
    internal static IReadOnlyList<int> Cores(string? text)
    {
        var cores = new List<int>();
        if (text is null)
        {
            for (var core = 0; core < Environment.ProcessorCount; core++)
            {
                cores.Add(core);
            }

            return cores;
        }

        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var core)
                || core >= Environment.ProcessorCount || cores.Contains(core))
            {
                throw new PerfException(
                    $"--cores: '{part}' is not one of the cores 0 to {Environment.ProcessorCount - 1}, each named "
                    + "once");
            }

            cores.Add(core);
        }

        return cores;
    }

    // in parts where there is a bar: it is drawn while no thread is watched
    private static IReadOnlyList<StallReport> Watch(IReadOnlyList<int> cores, TimeSpan length)
    {
        using var progress = StepProgress.OnTerminal();
        return StallMeter.WatchInParts(
            "alone", cores, length, progress.IsShown ? share => progress.Show(share, "watching") : null);
    }

    private static TimeSpan Length(double seconds) => seconds is > 0 and <= 3_600
        ? TimeSpan.FromSeconds(seconds)
        : throw new PerfException(string.Create(
            CultureInfo.InvariantCulture, $"--seconds: {seconds} is not above 0 and up to 3600"));
}

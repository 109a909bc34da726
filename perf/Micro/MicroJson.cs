using System.Collections.Generic;
using BenchmarkDotNet.Reports;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>The outcome of <c>micro</c> as one JSON object on one line. Times are nanoseconds an operation.</summary>
internal static class MicroJson
{
    /// <summary>Writes machine, command and results.</summary>
    public static string Write(MachineFacts machine, string command, IReadOnlyList<Summary> summaries) =>
        ReportJson.Write(json =>
        {
            json.WriteString("name", "micro");
            MachineJson.Write(json, machine);
            json.WriteString("command", command);
            json.WriteStartArray("results");
            foreach (var summary in summaries)
            {
                foreach (var report in summary.Reports)
                {
                    var run = report.BenchmarkCase;
                    json.WriteStartObject();
                    json.WriteString("name", run.Parameters[nameof(BookBenchmarks.Case)] as string);
                    json.WriteString("benchmarks", run.Descriptor.Type.Name);
                    json.WriteString("side", run.Descriptor.Baseline ? "baseline" : "ours");
                    if (report.ResultStatistics is { } times)
                    {
                        json.WriteNumber("count", times.N);
                        json.WriteNumber("mean", times.Mean);
                        json.WriteNumber("median", times.Median);
                        json.WriteNumber("min", times.Min);
                        json.WriteNumber("max", times.Max);
                        json.WriteNumber("standardDeviation", Finite(times.StandardDeviation));
                    }

                    json.WriteNumber(
                        "allocatedBytes", report.GcStats.GetBytesAllocatedPerOperation(run) ?? 0);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        });

    // of one measurement there is no deviation
    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}

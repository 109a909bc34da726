using System.CommandLine;
using LowLatencyQuoter.Perf;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Soak;

var list = new Command("list", "What there is to run and the formats of its histograms.");
list.SetAction(static parsed =>
{
    parsed.InvocationConfiguration.Output.WriteLine("formats: hlog (HdrHistogram log V2), hgrm (percentile text)");
    return 0;
});

return PerfCommand.Run(
    new RootCommand("Measures the quoter's latency and throughput.")
    {
        list,
        LatencyCommand.Make(),
        SoakCommand.Make(),
        JitterCommand.Make(),
    },
    args);

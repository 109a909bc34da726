using System.CommandLine;
using LowLatencyQuoter.Perf;
using LowLatencyQuoter.Perf.Compare;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Micro;
using LowLatencyQuoter.Perf.Soak;

return PerfCommand.Run(
    new RootCommand("Measures the quoter's latency and throughput.")
    {
        ListCommand.Make(),
        CompareCommand.Make(),
        LatencyCommand.Make(),
        SoakCommand.Make(),
        JitterCommand.Make(),
        MicroCommand.Make(),
    },
    args);

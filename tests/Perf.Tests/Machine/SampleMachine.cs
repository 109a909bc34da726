using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Tests.Machine;

/// <summary>A machine that is the same wherever the tests run.</summary>
internal static class SampleMachine
{
    public static MachineFacts Make(string id) => new()
    {
        Id = id,
        Cpu = "model x",
        Cores = 4,
        IsolatedCores = "2-3",
        IsVirtual = true,
        MemoryGibibytes = 15.6,
        Kernel = "6.1",
        Runtime = ".NET 10",
        Gc = "workstation",
        ClockSource = "tsc",
        ClockNanos = 20,
        LoadAverage = 0.5,
        Commit = "c0ffee",
        PinFailure = "",
    };
}

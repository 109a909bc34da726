using System.Globalization;

namespace LowLatencyQuoter.Perf.Machine;

/// <summary>What a figure depends on, beside the code.</summary>
internal sealed record MachineFacts
{
    /// <summary>Equal on the same processor, core count, kernel and runtime, and nowhere else.</summary>
    public required string Id { get; init; }

    /// <summary>The processor's model name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Release of the kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>Version of the runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>
    /// Flavor of the garbage collector, for instance <c>workstation, not concurrent, Interactive</c>.
    /// </summary>
    public required string Gc { get; init; }

    /// <summary>What one look at the clock costs, in nanoseconds.</summary>
    public required double ClockNanos { get; init; }

    /// <summary>Load average of the last minute when the run began; NaN where the system has none.</summary>
    public required double LoadAverage { get; init; }

    /// <summary>Why threads cannot be pinned to cores, or empty.</summary>
    public required string PinFailure { get; init; }

    /// <summary>One line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cpu}, {Cores} cores, Linux {Kernel}, {Runtime}, GC {Gc}, clock {ClockNanos:0.0} ns, load "
        + $"{LoadAverage:0.00}, id {Id}")
        + (PinFailure.Length == 0 ? "" : $", not pinned: {PinFailure}");
}

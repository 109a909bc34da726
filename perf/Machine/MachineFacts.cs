using System;
using System.Collections.Generic;
using System.Globalization;

namespace LowLatencyQuoter.Perf.Machine;

/// <summary>
/// What a figure depends on, beside the code: the one description of the machine that all reports carry.
/// </summary>
internal sealed record MachineFacts
{
    /// <summary>Equal on the same processor, core count, kernel and runtime, and nowhere else.</summary>
    public required string Id { get; init; }

    /// <summary>The processor's model name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Cores that the kernel keeps other programs off, as it lists them: <c>2-3</c>; or empty.</summary>
    public required string IsolatedCores { get; init; }

    /// <summary>True where the processor says that a hypervisor is below it.</summary>
    public required bool IsVirtual { get; init; }

    /// <summary>Memory that the process may use, GiB.</summary>
    public required double MemoryGibibytes { get; init; }

    /// <summary>Release of the kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>Version of the runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>
    /// Flavor of the garbage collector, for instance <c>workstation, not concurrent, Interactive</c>.
    /// </summary>
    public required string Gc { get; init; }

    /// <summary>Where the kernel takes time from, for instance <c>tsc</c>; or <c>unknown</c>.</summary>
    public required string ClockSource { get; init; }

    /// <summary>What one look at the clock costs, in nanoseconds.</summary>
    public required double ClockNanos { get; init; }

    /// <summary>Load average of the last minute when the run began; NaN where the system has none.</summary>
    public required double LoadAverage { get; init; }

    /// <summary>The commit that the program was built from, or <c>unknown</c>; no part of the id.</summary>
    public required string Commit { get; init; }

    /// <summary>Why threads cannot be pinned to cores, or empty.</summary>
    public required string PinFailure { get; init; }

    /// <summary>What there is to know, by name, in the order to be shown to people.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts
    {
        get
        {
            var facts = new List<KeyValuePair<string, string>>
            {
                new("machine", Id),
                new("processor", Cpu + (IsVirtual ? ", virtual" : "")),
                new("cores", Text($"{Cores}, ") + (IsolatedCores.Length == 0 ? "none" : IsolatedCores) + " isolated"),
                new("memory", Text($"{MemoryGibibytes:0.#} GiB")),
                new("system", "Linux " + Kernel),
                new("runtime", Runtime),
                new("garbage collector", Gc),
                new("clock", Text($"{ClockSource}, {ClockNanos:0.0} ns a look")),
                new("load average", double.IsNaN(LoadAverage) ? "unknown" : Text($"{LoadAverage:0.00}")),
            };
            if (PinFailure.Length != 0)
            {
                facts.Add(new("NOT PINNED", PinFailure));
            }

            return facts;
        }
    }

    /// <summary>One line.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        foreach (var (name, fact) in Facts)
        {
            parts.Add($"{name} {fact}");
        }

        parts.Add($"commit {Commit}");
        return string.Join("; ", parts);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

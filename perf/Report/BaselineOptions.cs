using System.CommandLine;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Where earlier figures of a machine lie, and whether these become them.</summary>
internal sealed class BaselineOptions
{
    private readonly Option<bool> _save = Flag.Switch("--save", "keep these times as the baseline of this machine");
    private readonly Option<string?> _baselines = Flag.Target(
        "--baselines", "folder of the baselines (default: perf/baselines of the checkout)");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) => Flag.Add(command, _save, _baselines);

    /// <summary>The baseline of a machine.</summary>
    /// <param name="machine">Whose.</param>
    /// <param name="kind">Of which measurements: <c>latency</c> or <c>compare</c>.</param>
    /// <param name="parsed">The command line.</param>
    public Baseline Of(MachineFacts machine, string kind, ParseResult parsed) =>
        Baseline.Of(machine, kind, parsed.GetValue(_baselines));

    /// <summary>True where these figures are to be kept.</summary>
    public bool IsSaved(ParseResult parsed) => parsed.GetValue(_save);
}

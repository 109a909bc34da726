using System.CommandLine;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>The options that set the pipeline up.</summary>
internal sealed class RigFlags
{
    private readonly Option<int> _venues = Flag.Of("--venues", "venues, 1 to 10", DiffTape.VenuesMax);
    private readonly Option<int> _lanes = Flag.Of(
        "--lanes", "lanes that the reader fills, 1 to the count of venues", 1);
    private readonly Option<int> _levels = Flag.Of(
        "--diff-levels", "levels of a diff, both sides together, even", 20);
    private readonly Option<int> _depth = Flag.Of("--depth", "levels a side of each book", 1_000);
    private readonly Option<string> _wait = Flag.Of(
        "--wait", "how the engine's thread waits: busy-spin, yielding or blocking", "busy-spin");
    private readonly Option<string?> _cores = new("--cores")
    {
        Description = "reader:0,engine:1, or none (default: the last two cores)",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) =>
        Flag.Add(command, _venues, _lanes, _levels, _depth, _wait, _cores);

    /// <summary>What was asked for.</summary>
    /// <exception cref="PerfException">A value is out of its range.</exception>
    public RigOptions Read(ParseResult parsed)
    {
        var venues = Flag.Within("--venues", parsed.GetValue(_venues), 1, DiffTape.VenuesMax);
        var levels = Flag.Within("--diff-levels", parsed.GetValue(_levels), 2, 200);
        return levels % 2 != 0
            ? throw new PerfException($"--diff-levels: {levels} is odd; a diff has as many bids as asks")
            : new RigOptions
            {
                Venues = venues,
                Lanes = Flag.Within("--lanes", parsed.GetValue(_lanes), 1, venues),
                DiffLevels = levels,
                Depth = Flag.Within("--depth", parsed.GetValue(_depth), 10, 5_000),
                Wait = ThreadText.ParseWait(parsed.GetValue(_wait)!),
                Cores = ThreadText.ParseCores(parsed.GetValue(_cores), "reader", "engine"),
            };
    }
}

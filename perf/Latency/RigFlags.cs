using System.CommandLine;
using System.Globalization;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>The options that set the pipeline up.</summary>
internal sealed class RigFlags
{
    private readonly Option<int> _venues = new("--venues")
    {
        Description = "venues, 1 to 10",
        DefaultValueFactory = static _ => DiffTape.VenuesMax,
    };
    private readonly Option<int> _lanes = new("--lanes")
    {
        Description = "lanes that the reader fills, 1 to the count of venues",
        DefaultValueFactory = static _ => 1,
    };
    private readonly Option<int> _levels = new("--diff-levels")
    {
        Description = "levels of a diff, both sides together, even",
        DefaultValueFactory = static _ => 20,
    };
    private readonly Option<int> _depth = new("--depth")
    {
        Description = "levels a side of each book",
        DefaultValueFactory = static _ => 1_000,
    };
    private readonly Option<string> _wait = new("--wait")
    {
        Description = "how the engine's thread waits: busy-spin, yielding or blocking",
        DefaultValueFactory = static _ => "busy-spin",
    };
    private readonly Option<string?> _cores = new("--cores")
    {
        Description = "reader:0,engine:1, or none (default: the last two cores)",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_venues);
        command.Options.Add(_lanes);
        command.Options.Add(_levels);
        command.Options.Add(_depth);
        command.Options.Add(_wait);
        command.Options.Add(_cores);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="PerfException">A value is out of its range.</exception>
    public RigOptions Read(ParseResult parsed)
    {
        var options = new RigOptions
        {
            Venues = parsed.GetValue(_venues),
            Lanes = parsed.GetValue(_lanes),
            DiffLevels = parsed.GetValue(_levels),
            Depth = parsed.GetValue(_depth),
            Wait = CommonOptions.ParseWait(parsed.GetValue(_wait)!),
            Cores = CommonOptions.ParseCores(parsed.GetValue(_cores), "reader", "engine"),
        };
        Check("--venues", options.Venues, 1, DiffTape.VenuesMax);
        Check("--lanes", options.Lanes, 1, options.Venues);
        Check("--diff-levels", options.DiffLevels, 2, 200);
        Check("--depth", options.Depth, 10, 5_000);
        return options.DiffLevels % 2 == 0
            ? options
            : throw new PerfException($"--diff-levels: {options.DiffLevels} is odd; a diff has as many bids as asks");
    }

    private static void Check(string option, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new PerfException(string.Create(
                CultureInfo.InvariantCulture, $"{option}: {value} is not from {least} to {most}"));
        }
    }
}

using System.CommandLine;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>The options that say how long and how fast to measure.</summary>
internal sealed class PlanFlags
{
    private readonly Option<string> _rates;
    private readonly Option<int> _windows;
    private readonly Option<double> _seconds;
    private readonly Option<double> _warmUp = Flag.Of("--warm-up", "seconds of unmeasured running", 3.0);
    private readonly Option<double> _jitter = Jitter();
    private readonly Option<bool> _noSaturation = Flag.Switch(
        "--no-saturation", "only the rates given: do not search for the rate that is too much");
    private readonly Option<bool> _quick = Flag.Switch("--quick", "a tenth of a second each, to see that it works");

    /// <summary>Makes the options with these defaults.</summary>
    public PlanFlags(string rates, int windows, double seconds)
    {
        _rates = new Option<string>("--rates", "--rate")
        {
            Description = "offered rates, messages a second over all venues, by commas",
            DefaultValueFactory = _ => rates,
        };
        _windows = Flag.Of("--windows", "windows of each rate", windows);
        _seconds = Flag.Of("--seconds", "length of a window", seconds);
    }

    /// <summary>How long the machine itself is watched.</summary>
    public static Option<double> Jitter() => Flag.Of(
        "--jitter-seconds", "seconds to watch the machine itself before and after; 0: not at all", 5.0);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) =>
        Flag.Add(command, _rates, _windows, _seconds, _warmUp, _jitter, _noSaturation, _quick);

    /// <summary>What was asked for.</summary>
    /// <exception cref="PerfException">A value is out of its range.</exception>
    public LatencyPlan Read(ParseResult parsed)
    {
        var plan = new LatencyPlan
        {
            Rates = LatencyPlan.ParseRates(parsed.GetValue(_rates)!),
            Windows = parsed.GetValue(_windows),
            Seconds = parsed.GetValue(_seconds),
            WarmUpSeconds = parsed.GetValue(_warmUp),
            JitterSeconds = parsed.GetValue(_jitter),
            FindsSaturation = !parsed.GetValue(_noSaturation),
        };
        return (parsed.GetValue(_quick)
            ? plan with { Windows = 2, Seconds = 0.1, WarmUpSeconds = 0.1, JitterSeconds = 0.1 }
            : plan).Checked();
    }
}

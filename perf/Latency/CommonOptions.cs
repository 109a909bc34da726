using System;
using System.CommandLine;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>The options that all latency measurements have.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> _rates;
    private readonly Option<int> _windows;
    private readonly Option<double> _seconds;
    private readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "seconds of unmeasured running",
        DefaultValueFactory = static _ => 3,
    };
    private readonly Option<double> _jitter = new("--jitter-seconds")
    {
        Description = "seconds to watch the machine itself before and after; 0: not at all",
        DefaultValueFactory = static _ => 5,
    };

    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "a tenth of a second each, to see that it works",
    };

    /// <summary>Makes the options with these defaults.</summary>
    public CommonOptions(string rates, int windows, double seconds)
    {
        _rates = new Option<string>("--rates", "--rate")
        {
            Description = "offered rates, messages a second over all venues, by commas",
            DefaultValueFactory = _ => rates,
        };
        _windows = new Option<int>("--windows")
        {
            Description = "windows of each rate",
            DefaultValueFactory = _ => windows,
        };
        _seconds = new Option<double>("--seconds")
        {
            Description = "length of a window",
            DefaultValueFactory = _ => seconds,
        };
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_rates);
        command.Options.Add(_windows);
        command.Options.Add(_seconds);
        command.Options.Add(_warmUp);
        command.Options.Add(_jitter);
        command.Options.Add(_quick);
    }

    /// <summary>What was asked for.</summary>
    public LatencyPlan Read(ParseResult parsed)
    {
        var plan = new LatencyPlan
        {
            Rates = LatencyPlan.ParseRates(parsed.GetValue(_rates)!),
            Windows = parsed.GetValue(_windows),
            Seconds = parsed.GetValue(_seconds),
            WarmUpSeconds = parsed.GetValue(_warmUp),
            JitterSeconds = parsed.GetValue(_jitter),
        };
        return (parsed.GetValue(_quick)
            ? plan with { Windows = 2, Seconds = 0.1, WarmUpSeconds = 0.1, JitterSeconds = 0.1 }
            : plan).Checked();
    }

    /// <summary>Reads a wait strategy's name.</summary>
    /// <exception cref="PerfException">There is none of that name.</exception>
    public static WaitStrategyKind ParseWait(string name) => name switch
    {
        "busy-spin" => WaitStrategyKind.BusySpin,
        "yielding" => WaitStrategyKind.Yielding,
        "blocking" => WaitStrategyKind.Blocking,
        _ => throw new PerfException($"--wait: '{name}' is not busy-spin, yielding or blocking"),
    };

    /// <summary>
    /// Reads roles with their cores; null stands for the last cores of the machine, <c>none</c> for no pinning.
    /// </summary>
    /// <exception cref="PerfException">The text is not a map, or names a role that does not exist here.</exception>
    public static CoreMap ParseCores(string? text, params string[] roles)
    {
        try
        {
            if (text is null)
            {
                var first = Environment.ProcessorCount - roles.Length;
                text = first < 0 ? "" : string.Join(',', Array.ConvertAll(roles, role => $"{role}:{first++}"));
            }

            var map = text == "none" ? CoreMap.Empty : CoreMap.Parse(text, Environment.ProcessorCount);
            foreach (var role in map.Roles)
            {
                if (Array.IndexOf(roles, role) < 0)
                {
                    throw new FormatException($"there is no role '{role}', only {string.Join(" and ", roles)}");
                }
            }

            return map;
        }
        catch (FormatException e)
        {
            throw new PerfException($"--cores: {e.Message}");
        }
    }
}

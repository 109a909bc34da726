using System;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>How threads wait and where they run, as options spell it and reports show it.</summary>
internal static class ThreadText
{
    /// <summary>Reads a wait strategy's name.</summary>
    /// <exception cref="PerfException">There is none of that name.</exception>
    public static WaitStrategyKind ParseWait(string name) => name switch
    {
        "busy-spin" => WaitStrategyKind.BusySpin,
        "yielding" => WaitStrategyKind.Yielding,
        "blocking" => WaitStrategyKind.Blocking,
        _ => throw new PerfException($"--wait: '{name}' is not busy-spin, yielding or blocking"),
    };

    /// <summary>The name as in options.</summary>
    public static string Name(WaitStrategyKind wait) => wait switch
    {
        WaitStrategyKind.BusySpin => "busy-spin",
        WaitStrategyKind.Yielding => "yielding",
        _ => "blocking",
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

    /// <summary>Where threads are pinned, for people.</summary>
    public static string Name(CoreMap cores) => cores.Roles.Count == 0 ? "not pinned" : cores.ToString();
}

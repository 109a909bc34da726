using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>The garbage collector: what can be set while running is set, the rest is told.</summary>
internal static class GcTuning
{
    /// <summary>
    /// Sets the latency mode. Call when everything is allocated that is allocated at start: a region without
    /// collections begins with a full one.
    /// </summary>
    public static void Apply(GcLatency latency)
    {
        if (latency.Mode == GCLatencyMode.NoGCRegion)
        {
            try
            {
                GC.TryStartNoGCRegion(latency.Mebibytes * 1_048_576L);
            }
            catch (ArgumentOutOfRangeException)
            {
                return;   // more than this heap can set aside: Latency tells that the mode is not in effect
            }
        }
        else if (latency.Mode is { } mode)
        {
            GCSettings.LatencyMode = mode;
        }
    }

    /// <summary>The mode at this moment: one without collections ends by itself when its memory is used up.</summary>
    public static RuntimeFact Latency(GcLatency asked)
    {
        var mode = GCSettings.LatencyMode;
        var holds = asked.Mode is not { } wanted || wanted == mode;
        var why = holds ? ""
            : asked.Mode switch
            {
                GCLatencyMode.SustainedLowLatency => ": needs concurrent collection (DOTNET_gcConcurrent=1)",
                GCLatencyMode.LowLatency => ": needs workstation collection (DOTNET_gcServer=0)",
                _ => ": the memory set aside is used up, or is more than the heap can set aside",
            };
        return new RuntimeFact("gc latency", asked.ToString(), mode + why, holds);
    }

    /// <summary>What was fixed when the process started.</summary>
    public static RuntimeFact Collector()
    {
        var variables = GC.GetConfigurationVariables();
        var kind = GCSettings.IsServerGC ? "server" : "workstation";
        var concurrent = variables.TryGetValue("ConcurrentGC", out var value) && value is true
            ? "concurrent" : "not concurrent";
        var others = new List<string>();
        foreach (var (name, setting) in variables)
        {
            if (name is not ("ServerGC" or "ConcurrentGC") && setting is not (false or 0L or "" or null))
            {
                others.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={setting}"));
            }
        }

        others.Sort(StringComparer.Ordinal);
        return new RuntimeFact(
            "gc", "", $"{kind}, {concurrent}{(others.Count == 0 ? "" : ", " + string.Join(' ', others))}");
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>Where the hot threads may run, as the kernel sees it.</summary>
internal static class ThreadFacts
{
    private const string Tasks = "/proc/self/task";
    private const string ReaderPrefix = "feed-";
    private const int NameLengthMax = 15;
    private const int PolicyField = 38;    // proc(5) counts from 1 and with the two before the name's closing bracket
    private const int NiceField = 16;
    private static readonly string[] Policies =
        ["SCHED_OTHER", "SCHED_FIFO", "SCHED_RR", "SCHED_BATCH", "", "SCHED_IDLE"];

    /// <summary>One fact for each hot thread there is, by the names of threads.</summary>
    public static IReadOnlyList<RuntimeFact> Read(CoreMap cores)
    {
        var facts = new List<RuntimeFact>();
        if (!Directory.Exists(Tasks))
        {
            return facts;
        }

        foreach (var task in Directory.EnumerateDirectories(Tasks))
        {
            if (Text(Path.Combine(task, "comm"))?.Trim() is { } name && IsHot(name))
            {
                facts.Add(Of(name, task, cores));
            }
        }

        facts.Sort(static (left, right) => string.CompareOrdinal(left.Subject, right.Subject));
        return facts;
    }

    private static bool IsHot(string name) =>
        name is "engine" or "publisher" or "quoter" || name.StartsWith(ReaderPrefix, StringComparison.Ordinal);

    private static RuntimeFact Of(string name, string task, CoreMap cores)
    {
        var core = CoreOf(name, cores);
        var allowed = ProcStatus.Field(Path.Combine(task, "status"), "Cpus_allowed_list") ?? "unknown";
        var asked = core < 0 ? "any core" : string.Create(CultureInfo.InvariantCulture, $"core {core}");
        var holds = core < 0 || allowed == core.ToString(CultureInfo.InvariantCulture);
        var why = holds ? "" : ": the kernel refused, is the core allowed here?";
        return new RuntimeFact(
            $"thread {name}", asked, $"may run on {allowed}, {Scheduling(task)}{why}", holds);
    }

    private static int CoreOf(string thread, CoreMap cores)
    {
        if (thread is "engine" or "publisher" or "quoter")
        {
            return cores.Of(thread == "quoter" ? "engine" : thread);
        }

        // feed-VENUE, or feed-VENUE+2 with two more; long venues are cut to what a thread's name has room for
        var venue = thread[ReaderPrefix.Length..].Split('+')[0];
        foreach (var role in cores.Roles)
        {
            if (role == venue
                || (thread.Length == NameLengthMax && role.StartsWith(venue, StringComparison.Ordinal)))
            {
                return cores.Of(role);
            }
        }

        return -1;
    }

    private static string Scheduling(string task)
    {
        var stat = Text(Path.Combine(task, "stat"));
        var fields = stat?[(stat.LastIndexOf(')') + 2)..].Split(' ');
        if (fields is null || fields.Length <= PolicyField
            || !int.TryParse(fields[PolicyField], NumberStyles.None, CultureInfo.InvariantCulture, out var policy))
        {
            return "scheduling unknown";
        }

        var name = policy < Policies.Length && Policies[policy].Length != 0 ? Policies[policy] : $"policy {policy}";
        return $"{name} nice {fields[NiceField]}";
    }

    private static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;   // the thread has just ended
        }
    }
}

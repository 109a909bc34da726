using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>
/// How each thread waits in effect: what was configured, unless more threads would spin than there are cores to spare.
/// A spinner that shares its core with another makes both slower by whole time slices.
/// </summary>
public sealed record WaitPlan
{
    private WaitPlan()
    {
    }

    /// <summary>How the engine's thread waits.</summary>
    public required WaitStrategyKind Engine { get; init; }

    /// <summary>How the publishing thread waits.</summary>
    public required WaitStrategyKind Publisher { get; init; }

    /// <summary>How the readers wait for bytes.</summary>
    public required ReceiveMode Receive { get; init; }

    /// <summary>Which reader thread serves which venues.</summary>
    public required ReaderPlan Readers { get; init; }

    /// <summary>What was changed and why, one sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Makes the plan for a machine with so many cores; one core is left to everything else.</summary>
    public static WaitPlan Make(QuoterOptions options, int cores)
    {
        var reasons = new List<string>();
        var spare = cores - 1;
        var engine = options.EngineWait;
        var publisher = options.Threading == ThreadingMode.Shared ? engine : options.PublisherWait;
        var receive = options.Receive;
        var spinners = Spins(engine) + (options.Threading == ThreadingMode.Shared ? 0 : Spins(publisher));
        var most = ReaderPlan.Most(options.Venues, options.Cores);
        var least = ReaderPlan.Least(options.Venues, options.Cores);
        var readers = options.Readers == 0 ? most : Math.Clamp(options.Readers, least, most);
        if (options.Readers != 0 && readers != options.Readers)
        {
            reasons.Add(
                $"readers: {readers} instead of {options.Readers}: there are {options.Venues.Count} venues, and those "
                + $"with a core of their own need {least}");
        }

        if (receive == ReceiveKind.Polling && spinners + readers > spare)
        {
            if (options.Readers == 0 && spare - spinners >= least)
            {
                reasons.Add(
                    $"readers: {spare - spinners} polling threads for {options.Venues.Count} venues: one each and "
                    + $"{spinners} spinning threads would need {spinners + readers + 1} cores, there are {cores}");
                readers = spare - spinners;
            }
            else
            {
                reasons.Add(
                    $"receive: blocking instead of polling: {readers} polling readers and {spinners} spinning "
                    + $"threads need {spinners + readers + 1} cores, there are {cores}");
                receive = ReceiveKind.Blocking;
            }
        }

        spinners += receive == ReceiveKind.Polling ? readers : 0;
        if (spinners > spare && options.Threading != ThreadingMode.Shared && publisher == WaitStrategyKind.BusySpin)
        {
            reasons.Add(Downgrade("publisherWait", spinners, cores));
            publisher = WaitStrategyKind.Yielding;
            spinners--;
        }

        if (spinners > spare && engine == WaitStrategyKind.BusySpin)
        {
            reasons.Add(Downgrade("engineWait", spinners, cores));
            engine = WaitStrategyKind.Yielding;
            publisher = options.Threading == ThreadingMode.Shared ? engine : publisher;
        }

        return new WaitPlan
        {
            Engine = engine,
            Publisher = publisher,
            Receive = receive == ReceiveKind.Polling ? ReceiveMode.Polling : ReceiveMode.Blocking,
            Readers = ReaderPlan.Make(options.Venues, options.Cores, readers),
            Reasons = reasons,
        };
    }

    private static int Spins(WaitStrategyKind wait) => wait == WaitStrategyKind.BusySpin ? 1 : 0;

    private static string Downgrade(string setting, int spinners, int cores) =>
        $"{setting}: yielding instead of busy-spin: {spinners} spinning threads need {spinners + 1} cores, "
        + $"there are {cores}";
}

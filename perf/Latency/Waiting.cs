using System;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>Waits of whoever drives a measurement: never on a hot thread, always with an end.</summary>
internal static class Waiting
{
    private const int StepMillis = 1;

    /// <summary>Waits until something holds.</summary>
    /// <param name="holds">What.</param>
    /// <param name="millis">How long at most.</param>
    /// <param name="check">Called all the while; throws when there is no use in waiting.</param>
    /// <param name="failure">Said when it does not hold in time.</param>
    public static void Until(Func<bool> holds, int millis, Action check, string failure)
    {
        for (var waited = 0; !holds(); waited += StepMillis)
        {
            check();
            if (waited >= millis)
            {
                throw new PerfException($"{failure} within {millis / 1_000} s; is the machine overloaded?", 1);
            }

            Thread.Sleep(StepMillis);
        }
    }

    /// <summary>Waits until a count reaches its end, or nothing more is counted for so long.</summary>
    public static void WhileComing(Func<long> seen, long end, int quietMillis, Action check)
    {
        var last = -1L;
        for (var quiet = 0; quiet < quietMillis && seen() < end; quiet += StepMillis)
        {
            check();
            if (seen() != last)
            {
                last = seen();
                quiet = 0;
            }

            Thread.Sleep(StepMillis);
        }
    }

    /// <summary>True when every book is live.</summary>
    public static bool AllLive(BookTable table)
    {
        foreach (var status in table.Statuses)
        {
            if (status.State != BookState.Live)
            {
                return false;
            }
        }

        return true;
    }
}

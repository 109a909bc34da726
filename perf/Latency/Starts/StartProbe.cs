using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.WarmUp;

namespace LowLatencyQuoter.Perf.Latency.Starts;

/// <summary>
/// The measured process: begins at once, or after the server's warm-up, and goes on until it must be steady. The
/// harness's own loops are compiled in full at their first call, so that what is slow at first is the product.
/// </summary>
internal static class StartProbe
{
    /// <summary>The part of the process's life in which it may be cold.</summary>
    public const string First = "first";

    /// <summary>The part behind it.</summary>
    public const string Steady = "steady";

    /// <summary>Measures and returns both parts as one line, for <see cref="StartParcel.Read"/>.</summary>
    /// <param name="which"><c>cold</c> or <c>warm</c>.</param>
    /// <param name="options">How the path is set up.</param>
    /// <param name="plan">Rate, lengths, and the warm-up's bound.</param>
    public static string Run(string which, RigOptions options, LatencyPlan plan)
    {
        var warmUp = which switch
        {
            "cold" => "none",
            "warm" => WarmUp(options, plan.WarmUpSeconds),
            _ => throw new PerfException($"{StartCommand.ProbeOption}: '{which}' is not cold or warm"),
        };
        var rate = plan.Rates[0];
        using var rig = new TickToQuoteRig(options);
        var windows = new List<WindowReport>();
        for (var part = 0; part < 2; part++)
        {
            windows.Add(TickToQuote.Measure(rig, options, rate, new StampTable(plan.MessagesAt(rate)), null));
        }

        return StartParcel.Write(
            new StartParcel(
                warmUp,
                rig.FrameBytes + rig.PinFailure,
                [new RateReport(rate, [windows[0]], $"{First}-{which}"),
                    new RateReport(rate, [windows[1]], $"{Steady}-{which}")]));
    }

    private static string WarmUp(RigOptions options, double seconds)
    {
        if (seconds == 0)
        {
            throw new PerfException("--warm-up: 0 leaves nothing to compare; give it at least 0.1 s");
        }

        var server = OptionsLoader.Load(
            null,
            static _ => null,
            [
                (SettingTable.Find("venues")!, "binance"),
                (SettingTable.Find("threading.engineWait")!, ThreadText.Name(options.Wait)),
            ]) with
        {
            WarmUpSeconds = seconds,
        };
        var waits = WaitPlan.Make(server, System.Environment.ProcessorCount);
        return WarmUpRun.RunAsync(server, waits, CancellationToken.None).GetAwaiter().GetResult()!.ToString();
    }
}

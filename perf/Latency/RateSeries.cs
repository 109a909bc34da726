using System;
using System.Collections.Generic;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// The windows of a measurement: those of the rates asked for, then those of the search for saturation.
/// </summary>
/// <param name="plan">Which rates, how many windows.</param>
/// <param name="steps">Shows how far it is.</param>
/// <param name="measure">Measures one window: of a rate, so many messages.</param>
/// <param name="watch">Watches the machine behind the windows of a rate.</param>
internal sealed class RateSeries(
    LatencyPlan plan,
    StepCount steps,
    Func<double, int, WindowReport> measure,
    Func<IReadOnlyList<StallReport>> watch)
{
    /// <summary>Steps that a plan's windows are, for <see cref="StepCount"/>.</summary>
    public static int StepsOf(LatencyPlan plan) =>
        (plan.Windows * plan.Rates.Count) + (plan.FindsSaturation ? SaturationSearch.UsualRates : 0);

    /// <summary>Measures; the rates in ascending order, and what was too much where that was to be found.</summary>
    /// <param name="parts">Names of the stages that are parts of the whole, in order.</param>
    public (IReadOnlyList<RateReport> Rates, Saturation? Saturation) Run(IReadOnlyList<string> parts)
    {
        var rates = new List<RateReport>();
        foreach (var rate in plan.Rates)
        {
            rates.Add(Measure(rate));
        }

        if (!plan.FindsSaturation)
        {
            return (rates, null);
        }

        var search = new SaturationSearch(Try, TryAgain);
        return (search.Run(rates), search.Found(parts));
    }

    private RateReport Measure(double rate)
    {
        var windows = new List<WindowReport>();
        for (var window = 0; window < plan.Windows; window++)
        {
            windows.Add(measure(rate, plan.MessagesAt(rate)));
            steps.Done("windows");
        }

        return new RateReport(rate, windows) { StallsBehind = watch() };
    }

    // a rate that does not keep up has a second chance, since one stall of the machine is not saturation; where the two
    // windows disagree, a third one decides
    private RateReport Try(double rate)
    {
        var messages = plan.SearchMessagesAt(rate);
        var windows = new List<WindowReport> { measure(rate, messages) };
        if (!windows[0].KeepsUpWith(rate))
        {
            windows.Add(measure(rate, messages));
            if (windows[1].KeepsUpWith(rate))
            {
                windows.Add(measure(rate, messages));
            }
        }

        steps.Done("searching for saturation");
        return new RateReport(rate, windows) { StallsBehind = watch(), IsRetried = windows.Count != 1 };
    }

    // as many windows as before, so that those decide that were not doubted; the others stay in the figures
    private RateReport TryAgain(RateReport doubted)
    {
        var windows = new List<WindowReport>(doubted.Windows);
        foreach (var window in doubted.Windows)
        {
            windows.Add(measure(doubted.OfferedPerSecond, (int)window.Messages));
            steps.Within(0, "trying a rate again");
        }

        return doubted with { Windows = windows };
    }
}

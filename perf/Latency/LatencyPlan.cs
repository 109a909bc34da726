using System;
using System.Collections.Generic;
using System.Globalization;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>How long and how fast to measure.</summary>
internal sealed record LatencyPlan
{
    /// <summary>
    /// Messages of one window are bounded, since each is remembered; faster rates have shorter windows.
    /// </summary>
    public const int MessagesMax = 4_000_000;

    /// <summary>Offered rates, messages a second over all venues.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>Windows of each rate.</summary>
    public int Windows { get; init; } = 5;

    /// <summary>Length of a window.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Length of the unmeasured run at the start.</summary>
    public double WarmUpSeconds { get; init; } = 3;

    /// <summary>How long the machine itself is watched before and after; 0: not at all.</summary>
    public double JitterSeconds { get; init; } = 5;

    /// <summary>The windows, for people.</summary>
    public string WindowsText => string.Create(
        CultureInfo.InvariantCulture,
        $"{Windows} of {Seconds:0.##} s, at most {MessagesMax:#,0} messages each; a collection before each");

    /// <summary>Messages of a window at a rate.</summary>
    public int MessagesAt(double rate) => (int)Math.Clamp(rate * Seconds, 1, MessagesMax);

    /// <summary>Reads <c>100000,500000</c>.</summary>
    /// <exception cref="PerfException">A part is not a rate.</exception>
    public static IReadOnlyList<double> ParseRates(string text)
    {
        var rates = new List<double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
                || rate < 1 || rate > 10_000_000)
            {
                throw new PerfException($"--rates: '{part}' is not a number of messages a second from 1 to 10000000");
            }

            rates.Add(rate);
        }

        return rates;
    }

    /// <summary>Throws where a length makes no sense.</summary>
    /// <exception cref="PerfException">Names the option and its range.</exception>
    public LatencyPlan Checked()
    {
        Check("--windows", Windows, 1, 1_000);
        Check("--seconds", Seconds, 0.01, 3_600);
        Check("--warm-up", WarmUpSeconds, 0, 600);
        Check("--jitter-seconds", JitterSeconds, 0, 600);
        return this;
    }

    private static void Check(string option, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new PerfException(string.Create(
                CultureInfo.InvariantCulture, $"{option}: {value} is not from {least} to {most}"));
        }
    }
}

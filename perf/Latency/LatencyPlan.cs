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

    /// <summary>Rates above this are refused: no more can be told apart from no pause at all.</summary>
    public const double RateMax = 10_000_000;

    private const double SearchSecondsMax = 2;

    /// <summary>Offered rates, messages a second over all venues.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>Windows of each rate.</summary>
    public int Windows { get; init; } = 5;

    /// <summary>Length of a window.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>Length of the unmeasured run at the start.</summary>
    public double WarmUpSeconds { get; init; } = 3;

    /// <summary>True to search, behind the rates given, for the rate that is too much.</summary>
    public bool FindsSaturation { get; init; }

    /// <summary>How long the machine itself is watched before and after; 0: not at all.</summary>
    public double JitterSeconds { get; init; } = 5;

    /// <summary>The windows, for people.</summary>
    public string WindowsText => string.Create(
        CultureInfo.InvariantCulture,
        $"{Windows} of {Seconds:0.##} s, at most {MessagesMax:#,0} messages each; a collection before each");

    /// <summary>Messages of a window at a rate.</summary>
    public int MessagesAt(double rate) => Messages(rate, Seconds);

    /// <summary>Messages of a window in the search for saturation, which takes at most two seconds.</summary>
    public int SearchMessagesAt(double rate) => Messages(rate, Math.Min(Seconds, SearchSecondsMax));

    /// <summary>Reads <c>100000,500000</c>.</summary>
    /// <exception cref="PerfException">A part is not a rate.</exception>
    public static IReadOnlyList<double> ParseRates(string text)
    {
        var rates = new List<double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
                || rate < 1 || rate > RateMax)
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
        Flag.Within("--windows", Windows, 1, 1_000);
        Flag.Within("--seconds", Seconds, 0.01, 3_600);
        Flag.Within("--warm-up", WarmUpSeconds, 0, 600);
        Flag.Within("--jitter-seconds", JitterSeconds, 0, 600);
        return this;
    }

    private static int Messages(double rate, double seconds) => (int)Math.Clamp(rate * seconds, 1, MessagesMax);
}

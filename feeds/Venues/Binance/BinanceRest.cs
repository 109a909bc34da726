using System;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>What Binance's feeds ask of its REST interface, and what that weighs.</summary>
internal static class BinanceRest
{
    /// <summary>Path of the list of instruments.</summary>
    public const string InstrumentsPath = "/api/v3/exchangeInfo";

    /// <summary>What the list of instruments weighs.</summary>
    public const int InstrumentsWeight = 20;

    /// <summary>Levels a side of a snapshot when nothing is configured.</summary>
    public const int UsualLevels = 1_000;

    private const string SnapshotPrefix = "/api/v3/depth?symbol=";
    private const int UnaskedLevels = 100;   // what the venue answers who names no limit

    /// <summary>Its own address.</summary>
    public static Uri Live { get; } = new("https://data-api.binance.vision");

    /// <summary>Weight an address has.</summary>
    public static RestLimit[] Limits => [new RestLimit(6_000, TimeSpan.FromMinutes(1))];

    /// <summary>How often an address may connect to a socket.</summary>
    public static RestLimit[] ConnectionLimits => [new RestLimit(300, TimeSpan.FromMinutes(5))];

    /// <summary>Levels a side that a snapshot is asked for.</summary>
    public static int LevelsOf(SubscriptionOptions options) => options.Depth == 0 ? UsualLevels : options.Depth;

    /// <summary>The same of the address of a recorded answer.</summary>
    public static int LevelsOf(Uri address) => QueryText.Number(address, "limit", UnaskedLevels);

    /// <summary>Path and query of a snapshot (step 3).</summary>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) =>
        $"{SnapshotPrefix}{symbol}&limit={LevelsOf(options)}";

    /// <summary>By the count of levels asked for.</summary>
    public static int SnapshotWeight(SubscriptionOptions options) =>
        LevelsOf(options) switch
        {
            <= 100 => 5,
            <= 500 => 25,
            <= 1_000 => 50,
            _ => 250,
        };

    /// <summary>What a recorded address serves.</summary>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        if (address.AbsolutePath.EndsWith("/api/v3/exchangeInfo", StringComparison.Ordinal))
        {
            return RestRecord.Instruments;
        }

        if (!address.AbsolutePath.EndsWith("/api/v3/depth", StringComparison.Ordinal))
        {
            return RestRecord.Other;
        }

        symbol = QueryText.Value(address, "symbol");
        return RestRecord.Snapshot;
    }
}

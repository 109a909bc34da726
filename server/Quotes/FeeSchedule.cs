using System;
using System.Globalization;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>The venues' fees as they are configured. Threads: any.</summary>
/// <param name="find">What is configured of a venue; null: nothing, and so no fees.</param>
public sealed class FeeSchedule(Func<string, VenueOptions?> find)
{
    /// <summary>No venue takes fees.</summary>
    public static FeeSchedule None { get; } = new(static _ => null);

    /// <summary>The fee for taking liquidity.</summary>
    /// <exception cref="ArgumentException">It is finer than prices can be; options are checked for it.</exception>
    public FeeRate TakerOf(string venue) =>
        FeeRate.TryFrom(find(venue)?.TakerFee ?? 0, out var fee)
            ? fee
            : throw new ArgumentException($"the taker fee of {venue} has more than {FeeRate.Digits} decimal digits");

    /// <summary>The fee for adding liquidity, as text.</summary>
    public string MakerText(string venue) => Text(find(venue)?.MakerFee ?? 0);

    /// <summary>The fee for taking liquidity, as text.</summary>
    public string TakerText(string venue) => Text(find(venue)?.TakerFee ?? 0);

    private static string Text(decimal fee) => fee.ToString("0.############", CultureInfo.InvariantCulture);
}

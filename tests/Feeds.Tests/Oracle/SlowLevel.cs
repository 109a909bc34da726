namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>One row of a message, with the decimal digits as they were written.</summary>
internal readonly record struct SlowLevel(decimal Price, decimal Quantity, int PriceDigits, int QuantityDigits)
{
    /// <summary>True when a level that stays could have been written shorter, or otherwise.</summary>
    public bool IsOdd { get; init; }
}

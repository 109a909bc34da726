namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>Where the numbers of a row stand, in bytes from its beginning.</summary>
[Engine.HotPath]
internal struct RowLayout
{
    /// <summary>Where the price begins.</summary>
    public int Price;

    /// <summary>Behind the price's last digit that counts.</summary>
    public int PriceWindow;

    /// <summary>Behind the price.</summary>
    public int PriceEnd;

    /// <summary>Digits behind the price's point.</summary>
    public int PriceDecimals;

    /// <summary>Digits behind the point that the book keeps.</summary>
    public int PriceScale;

    /// <summary>Where the quantity begins.</summary>
    public int Quantity;

    /// <summary>Behind the quantity's last digit that counts.</summary>
    public int QuantityWindow;

    /// <summary>Behind the quantity.</summary>
    public int QuantityEnd;

    /// <summary>Digits behind the quantity's point.</summary>
    public int QuantityDecimals;

    /// <summary>Digits behind the point that the book keeps.</summary>
    public int QuantityScale;

    /// <summary>Digits before the price's point.</summary>
    public readonly int PriceDigits => PriceEnd - PriceDecimals - 1 - Price;

    /// <summary>Digits before the quantity's point.</summary>
    public readonly int QuantityDigits => QuantityEnd - QuantityDecimals - 1 - Quantity;

    /// <summary>True when the numbers are printed at least as finely as the book keeps them.</summary>
    public readonly bool NeedsNoWidening => PriceDecimals >= PriceScale && QuantityDecimals >= QuantityScale;

    /// <summary>True when a row's numbers stand where those of another do.</summary>
    public readonly bool Equals(in RowLayout other) =>
        ((Price ^ other.Price) | (PriceWindow ^ other.PriceWindow) | (PriceEnd ^ other.PriceEnd)
            | (PriceDecimals ^ other.PriceDecimals) | (PriceScale ^ other.PriceScale)
            | (Quantity ^ other.Quantity) | (QuantityWindow ^ other.QuantityWindow) | (QuantityEnd ^ other.QuantityEnd)
            | (QuantityDecimals ^ other.QuantityDecimals) | (QuantityScale ^ other.QuantityScale)) == 0;

    /// <summary>True when a digit stands at an offset.</summary>
    public readonly bool IsDigit(int offset) =>
        (offset >= Price && offset < PriceEnd && offset != PriceEnd - PriceDecimals - 1)
        || (offset >= Quantity && offset < QuantityEnd && offset != QuantityEnd - QuantityDecimals - 1);

    /// <summary>True when a digit stands at an offset that the book keeps; the others must be zeros.</summary>
    public readonly bool Counts(int offset) =>
        IsDigit(offset) && (offset < PriceWindow || (offset >= Quantity && offset < QuantityWindow));
}

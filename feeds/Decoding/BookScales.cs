namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>The scales a reader uses for one book, in decimal digits.</summary>
internal struct BookScales
{
    /// <summary>Prices: what the venue declares.</summary>
    public byte DeclaredPrice;

    /// <summary>Quantities: what the venue declares.</summary>
    public byte DeclaredQuantity;

    /// <summary>Prices: as fine as the texts since the last snapshot needed.</summary>
    public byte Price;

    /// <summary>Quantities, likewise.</summary>
    public byte Quantity;

    /// <summary>
    /// True when a level since the last snapshot was spelled otherwise than the venue spells numbers, where that
    /// matters: see <see cref="ScaleSource.ShortestText"/>.
    /// </summary>
    public bool HasOddSpelling;
}

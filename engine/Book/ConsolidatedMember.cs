namespace LowLatencyQuoter.Engine.Book;

/// <summary>One venue's book inside of a consolidated book.</summary>
internal struct ConsolidatedMember
{
    /// <summary>Index of the book.</summary>
    public int Book;

    /// <summary>True while its levels are quoted.</summary>
    public bool Quoted;

    /// <summary>True when small levels are left out.</summary>
    public bool HasDust;

    /// <summary>True when its levels enter as they are: on the common scale, and none is dust.</summary>
    public bool IsPlain;

    /// <summary>Brings the book's prices to the common scale.</summary>
    public long PricePower;

    /// <summary>Brings the book's quantities to the common scale.</summary>
    public long QuantityPower;

    /// <summary>Smallest quantity that is quoted, on the common scale; 0: no limit.</summary>
    public long DustQuantity;

    /// <summary>Smallest price times quantity that is quoted, at both common scales together; 0: no limit.</summary>
    public System.UInt128 DustNotional;
}

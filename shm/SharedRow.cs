using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Shm;

/// <summary>One row of the merged book: a venue's level; 24 bytes of the file.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SharedRow
{
    /// <summary>Price, in units of ten to the minus <see cref="SharedQuote.PriceScale"/>.</summary>
    public long Price;

    /// <summary>Quantity, in units of ten to the minus <see cref="SharedQuote.QuantityScale"/>.</summary>
    public long Quantity;

    /// <summary>Index of the venue among <see cref="SharedQuote.Venues"/>.</summary>
    public int Member;

    private readonly int _reserved;
}

using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>One row of the merged book: a venue's level, on the quote's scales.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct QuoteRow
{
    /// <summary>Price.</summary>
    public long Price;

    /// <summary>Quantity.</summary>
    public long Quantity;

    /// <summary>Index of the venue among the quote's members.</summary>
    public int Member;

    private readonly int _spare;
}

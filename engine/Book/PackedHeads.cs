using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The next numbers (<see cref="RowPacking"/>) of all venues in groups of four, and the least of each group. A group
/// stands there twice, and so do the least ones: the three others of each are always the three behind it.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PackedHeads
{
    /// <summary>Room for venues.</summary>
    public const int Venues = QuoteHeader.MaxMembers;

    /// <summary>Venues of a group, and groups.</summary>
    public const int Four = 4;

    /// <summary>The next number of each venue; see <see cref="PlaceOf"/>.</summary>
    public fixed long Firsts[2 * Venues];

    /// <summary>The least number of each group.</summary>
    public fixed long Groups[2 * Four];

    /// <summary>Where a venue's number stands; it stands there again four places further.</summary>
    public static nuint PlaceOf(nuint venue) => venue + (venue & ~(nuint)(Four - 1));
}

using System.Collections.Generic;

namespace LowLatencyQuoter.Shm;

/// <summary>An instrument that is quoted, as the directory of the file names it.</summary>
/// <param name="Place">Its place in the file; what its slot and its quotes are found by.</param>
/// <param name="Generation">
/// Counts the instruments that had the place: quotes of another generation are not its.
/// </param>
/// <param name="Position">0 for the default instrument, then in order.</param>
/// <param name="Name">For instance <c>BTC/USDT</c>.</param>
/// <param name="Venues">Numbers of its venues.</param>
/// <param name="PriceScale">Decimal digits of its latest quote's prices; 255 before the first.</param>
/// <param name="QuantityScale">Decimal digits of quantities likewise.</param>
public sealed record SharedInstrument(
    int Place,
    long Generation,
    int Position,
    string Name,
    IReadOnlyList<int> Venues,
    int PriceScale,
    int QuantityScale);

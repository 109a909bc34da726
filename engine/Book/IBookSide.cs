using System;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The contract of a structure that keeps one side of a venue's book. Implemented by structs and only ever used as a
/// type argument (<c>where TBids : struct, IBookSide&lt;BidSide&gt;</c>): the compiler makes code of its own for each
/// structure, calls are direct and are inlined, and no field is typed as this interface.
/// <list type="bullet">
/// <item>The default value is an empty side; memory is taken when levels come.</item>
/// <item>Exact: a price is any number from 1 on, a quantity any from 0 on, and none is rounded or lost.</item>
/// <item>Prices are unique; a level with quantity 0 does not exist.</item>
/// </list>
/// Threads: one, the engine's. <c>BookSideContract</c> among the engine's tests runs against every structure.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
public interface IBookSide<TSide>
    where TSide : struct, ISide
{
    /// <summary>
    /// Levels that every structure takes, and none more. The deepest book seen on a venue has 46,000.
    /// </summary>
    const int MaxLevels = 1 << 20;

    /// <summary>Levels that <see cref="Top"/> hands out, if there are so many.</summary>
    const int TopCount = 16;

    /// <summary>Count of levels.</summary>
    int Count { get; }

    /// <summary>
    /// Not negative, and greater than ever before whenever the levels may differ: the merge reads a side again only
    /// then. Neither <see cref="Clear"/> nor <see cref="Free"/> sets it back.
    /// </summary>
    long Version { get; }

    /// <summary>The best level; there must be one.</summary>
    Level Best { get; }

    /// <summary>A cursor before the best level.</summary>
    LevelCursor First { get; }

    /// <summary>
    /// Sets the quantity at a price, 0 deletes. Deleting a price that is not there changes nothing: venues send such
    /// deletes for levels outside of the snapshot.
    /// </summary>
    /// <returns>
    /// False, with nothing changed, when there are <see cref="MaxLevels"/> others; the book is then incomplete.
    /// </returns>
    bool Set(long price, long quantity);

    /// <summary>The quantity at a price, 0 when there is no such level.</summary>
    long QuantityAt(long price);

    /// <summary>
    /// Hands out the level after the cursor and moves the cursor behind it; false when there is none, also when asked
    /// again. From best to worst.
    /// </summary>
    bool TryNext(ref LevelCursor cursor, out Level level);

    /// <summary>
    /// The best levels, best first: at least <see cref="TopCount"/> of them or all there are. Stands in memory that
    /// does not move, and holds until the side changes; a structure keeps it at hand, since every merge asks for it.
    /// </summary>
    ReadOnlySpan<Level> Top();

    /// <summary>True when <see cref="LastTop"/> is what <see cref="Top"/> would hand out.</summary>
    bool HasTop { get; }

    /// <summary>What <see cref="Top"/> handed out last: without a call, so that a loop stays in registers.</summary>
    ReadOnlySpan<Level> LastTop { get; }

    /// <summary>Removes every level and may keep the memory.</summary>
    void Clear();

    /// <summary>Keeps the best <paramref name="depth"/> levels.</summary>
    void Truncate(int depth);

    /// <summary>
    /// Multiplies every price and quantity by positive powers of ten; false, with nothing changed, when one does not
    /// fit 64 bits.
    /// </summary>
    bool TryMultiply(long pricePower, long quantityPower);

    /// <summary>Frees the memory; the side is empty and can be used again.</summary>
    void Free();
}

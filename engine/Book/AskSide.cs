using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Asks: the lower price is better.</summary>
[HotPath]
public readonly struct AskSide : ISide
{
    /// <inheritdoc/>
    public static Side Side => Side.Ask;

    /// <inheritdoc/>
    public static long Nothing => long.MaxValue;

    /// <inheritdoc/>
    public static bool Better(long price, long than) => price < than;

    /// <inheritdoc/>
    public static ulong Distance(long price, long from) => unchecked((ulong)(price - from));

    /// <inheritdoc/>
    public static long Worse(long price, ulong by) => unchecked(price + (long)by);

    /// <inheritdoc/>
    public static long Key(long price) => price;
}

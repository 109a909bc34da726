using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Asks: the lower price is better.</summary>
public readonly struct AskSide : ISide
{
    /// <inheritdoc/>
    public static Side Side => Side.Ask;

    /// <inheritdoc/>
    [HotPath]
    public static bool Better(long price, long than) => price < than;
}

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The last tops that a book had, so that what another feed of the venue states too late can still be compared.
/// Bounded: the oldest give way. Threads: one, the engine's.
/// </summary>
[HotPath]
public sealed class PassedTops
{
    private const int Capacity = 64;   // statements come a dozen updates late at most; a power of two
    private readonly StatedTop[] _tops = new StatedTop[Capacity];
    private int _next;

    /// <summary>Keeps the book's top at its update id.</summary>
    public void Add<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        _tops[_next] = StatedTop.Of(ref book);
        _next = (_next + 1) & (Capacity - 1);
    }

    /// <summary>The newest top at this update id, if it is still known.</summary>
    public bool TryFind(long updateId, out StatedTop top)
    {
        for (var back = 1; back <= Capacity; back++)
        {
            ref var candidate = ref _tops[(_next - back) & (Capacity - 1)];
            if (candidate.UpdateId == updateId && updateId != 0)
            {
                top = candidate;
                return true;
            }
        }

        top = default;
        return false;
    }
}

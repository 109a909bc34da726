using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// What is gathered of one live book while the venue is asked what its own book is: the updates since the question, and
/// the venue's statement. Both together are the venue's book at the id where ours stands, so that the two can be
/// compared exactly. Threads: one, the engine's.
/// </summary>
[HotPath]
public sealed class BookAudit
{
    /// <summary>The wish a snapshot has that is only compared: no book ever waits for it.</summary>
    public const long Wish = -2;

    /// <summary>Statements in a row that may differ before the book is taken anew.</summary>
    public const int DifferingMax = 2;

    private const int UpdatesMax = 4_096;
    private PendingUpdates _updates;
    private PendingUpdates _stated;
    private long _beganAt;

    /// <summary>True from the question until the comparison.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>True when the venue's statement is there as a whole.</summary>
    public bool HasStatement { get; private set; }

    /// <summary>The update id of the venue's statement.</summary>
    public long StatedId { get; private set; }

    /// <summary>Statements in a row that differed.</summary>
    public int Differing { get; set; }

    /// <summary>The venue is asked while the book stands at this id.</summary>
    public void Begin(long updateId)
    {
        End();
        _beganAt = updateId;
        IsOpen = true;
    }

    /// <summary>Keeps an update of the live book; false when there are too many.</summary>
    public bool TryKeep(ref DepthEvent update) => _updates.Count < UpdatesMax && _updates.TryAppend(ref update);

    /// <summary>Keeps a part of the venue's statement; false when there are too many.</summary>
    public bool TryState(ref DepthEvent part)
    {
        if ((part.Flags & EventFlags.First) != 0)
        {
            _stated.Clear();
        }

        HasStatement = (part.Flags & EventFlags.Last) != 0;
        StatedId = part.LastUpdateId;
        return _stated.TryAppend(ref part);
    }

    /// <summary>
    /// Makes the venue's book from its statement and the updates behind it. False when they do not fit each other: the
    /// statement is older than the question, or an update is missing between the two.
    /// </summary>
    /// <param name="book">Becomes the venue's book, whatever it was.</param>
    /// <param name="rule">How updates are chained.</param>
    /// <param name="window">Levels a side of the venue's window; 0: none.</param>
    public bool TryRebuild<TBids, TAsks>(ref OrderBook<TBids, TAsks> book, ChainRule rule, int window)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        book.Clear();
        book.PriceScale = _stated[0].PriceScale;
        book.QuantityScale = _stated[0].QuantityScale;
        var fits = StatedId >= _beganAt;
        for (var part = 0; part < _stated.Count && fits; part++)
        {
            fits = Apply(ref book, ref _stated[part]);
        }

        book.LastUpdateId = StatedId;
        var verdict = ChainVerdict.Ignore;
        var follows = false;
        for (var index = 0; index < _updates.Count && fits; index++)
        {
            ref var update = ref _updates[index];
            if ((update.Flags & EventFlags.First) != 0)
            {
                verdict = UpdateChain.Judge(
                    rule, book.LastUpdateId, update.FirstUpdateId, update.LastUpdateId, follows);
            }

            fits = verdict != ChainVerdict.Gap;
            if (verdict != ChainVerdict.Apply || !fits)
            {
                continue;
            }

            fits = Apply(ref book, ref update);
            if ((update.Flags & EventFlags.Last) != 0)
            {
                follows = true;
                book.LastUpdateId = update.LastUpdateId;
                if (window != 0)
                {
                    book.Truncate(window);
                }
            }
        }

        return fits;
    }

    /// <summary>Forgets what was gathered; how many differed stays.</summary>
    public void End()
    {
        _updates.Clear();
        _stated.Clear();
        IsOpen = false;
        HasStatement = false;
    }

    private static bool Apply<TBids, TAsks>(ref OrderBook<TBids, TAsks> book, ref DepthEvent item)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        var touched = TouchedPrices.Nothing;
        return book.Apply(ref item, ref touched, out _) == FaultCode.None;
    }
}

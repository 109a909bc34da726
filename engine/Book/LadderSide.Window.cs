using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Engine.Book;

/// <content>
/// Where the window stands. It is placed so that the touch has an eighth of it ahead, and is moved only when enough
/// changes have missed it: then the misses have paid for the move, and no sequence of prices makes moving dominate. The
/// spacing of the slots is the greatest common divisor of the distances in the window, so that a market whose ticks are
/// coarser than the scale's last digit still fits; a price between two slots makes the spacing finer at once.
/// </content>
public partial struct LadderSide<TSide>
{
    private const int SlotsAhead = TickLadder<TSide>.Slots / 8;
    private const int MissesToMove = 32;
    private const int LevelsToOpen = 8;
    private const int OutlierLevels = 4;   // so many absurd prices before the touch do not draw the window to them

    private readonly bool IsAhead(long price) => _ladder.IsOpen && TSide.Better(price, _ladder.Top);

    /// <summary>Cold by design: the price has no slot.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SetOutside(long price, long quantity)
    {
        var ahead = IsAhead(price);
        if (!ahead && _ladder.IsOpen && _ladder.Spans(price))
        {
            return quantity == 0 || SetBetweenSlots(price, quantity);
        }

        ref var outside = ref ahead ? ref _ahead : ref _behind;
        if (quantity != 0 && Count >= IBookSide<TSide>.MaxLevels && outside.QuantityAt(price) == 0)
        {
            return false;
        }

        Count += outside.Set(price, quantity);
        if (++_misses > MissesToMove + (_ladder.Count >> 2))
        {
            _misses = 0;
            Recenter();
        }

        return true;
    }

    private bool SetBetweenSlots(long price, long quantity)
    {
        if (Count >= IBookSide<TSide>.MaxLevels)
        {
            return false;
        }

        Gather();
        Count += _behind.Set(price, quantity);
        Spread();
        return true;
    }

    private void Recenter()
    {
        if (Count < LevelsToOpen || (_ladder.IsOpen && IsWellPlaced()))
        {
            return;   // the misses are far levels
        }

        Gather();
        Spread();
    }

    /// <summary>True when a move would be by less than half of the slots ahead of the touch.</summary>
    private readonly bool IsWellPlaced()
    {
        var reach = SlotsAhead / 2 * _ladder.Spacing;
        var wanted = TopFor(this[OutlierLevels].Price, _ladder.Spacing);
        return TSide.Distance(wanted, _ladder.Top) + reach <= 2 * reach;
    }

    /// <summary>Brings all levels behind the window and closes it.</summary>
    private void Gather()
    {
        while (_ladder.Count != 0)
        {
            var slot = _ladder.LastSlot();
            _behind.Push(_ladder.LevelAt(slot));
            _ladder.Set(slot, 0);
        }

        for (var block = 0; block < _ahead.Blocks; block++)
        {
            for (var index = 0; index < _ahead.CountOf(block); index++)
            {
                _behind.Push(_ahead.At(block, index));
            }
        }

        _ladder.Close();
        _ahead.Clear();
    }

    /// <summary>Opens the window at the touch and brings the levels to their places; all must be behind.</summary>
    private void Spread()
    {
        if (Count < LevelsToOpen)
        {
            return;
        }

        var touch = this[OutlierLevels].Price;
        var spacing = Learn(touch);
        _ladder.Open(TopFor(touch, spacing), new TickSpacing(spacing));
        while (_behind.Count != 0 && IsAhead(_behind.Best.Price))
        {
            var outlier = _behind.Best;
            _behind.Pop();
            _ahead.Set(outlier.Price, outlier.Quantity);
        }

        while (_behind.Count != 0 && _ladder.TryFind(_behind.Best.Price, out var slot))
        {
            _ladder.Set(slot, _behind.Best.Quantity);
            _behind.Pop();
        }
    }

    /// <summary>The greatest spacing at which every level that the window reaches has a slot.</summary>
    private readonly ulong Learn(long touch)
    {
        var spacing = 0UL;
        var cursor = First;
        while (TryNext(ref cursor, out var level))
        {
            var isBetter = TSide.Better(level.Price, touch);
            var distance = isBetter ? TSide.Distance(touch, level.Price) : TSide.Distance(level.Price, touch);
            if (!isBetter && spacing != 0 && distance / spacing >= TickLadder<TSide>.Slots)
            {
                break;
            }

            spacing = TickSpacing.Common(distance, spacing);
        }

        return spacing is 0 or > TickLadder<TSide>.MaxSpacing ? 1 : spacing;
    }

    private static long TopFor(long touch, ulong spacing)
    {
        var top = TSide.Worse(touch, unchecked(0 - (SlotsAhead * spacing)));
        return TSide.Better(touch, top) ? touch : top;   // beyond the greatest number
    }
}

using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The two sides of one venue's book with their scales. Changed only by the engine's thread; others see copies.
/// </summary>
/// <typeparam name="TBids">Structure that keeps the bids.</typeparam>
/// <typeparam name="TAsks">Structure that keeps the asks.</typeparam>
[HotPath]
public struct OrderBook<TBids, TAsks>
    where TBids : struct, IBookSide<BidSide>
    where TAsks : struct, IBookSide<AskSide>
{
    /// <summary>Buyers.</summary>
    public TBids Bids;

    /// <summary>Sellers.</summary>
    public TAsks Asks;

    /// <summary>Decimal digits of prices.</summary>
    public int PriceScale;

    /// <summary>Decimal digits of quantities.</summary>
    public int QuantityScale;

    /// <summary>The venue's id of the last update that is in the book.</summary>
    public long LastUpdateId;

    /// <summary>Where the bids end that are known; what is told of prices beyond stands there.</summary>
    public DepthHorizon<BidSide> BidHorizon;

    /// <summary>Where the asks end that are known.</summary>
    public DepthHorizon<AskSide> AskHorizon;

    /// <summary>True when the best bid is at or above the best ask.</summary>
    /// <remarks>Not readonly: it would be asked of copies of the sides, whose contract may change them.</remarks>
    public bool IsCrossed => Bids.Count != 0 && Asks.Count != 0
        ? Bids.Best.Price >= Asks.Best.Price
        : IsCrossedBeyond(BestBid, BestAsk);

    /// <summary>The best bid that the venue told of, also beyond the horizon; zeros when there is none.</summary>
    public Level BestBid => Bids.Count != 0 ? Bids.Best : BidHorizon.Count != 0 ? BidHorizon.Best : default;

    /// <summary>The best ask likewise.</summary>
    public Level BestAsk => Asks.Count != 0 ? Asks.Best : AskHorizon.Count != 0 ? AskHorizon.Best : default;

    /// <summary>Bids that the venue told of, those beyond the horizon included.</summary>
    public int BidCount => Bids.Count + BidHorizon.Count;

    /// <summary>Asks likewise.</summary>
    public int AskCount => Asks.Count + AskHorizon.Count;

    /// <summary>Removes every level and the horizons, and keeps the scales.</summary>
    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
        BidHorizon.Clear();
        AskHorizon.Clear();
    }

    /// <summary>
    /// Call when a snapshot is in the book: a side with as many levels as were asked for ends at its last one; there
    /// may be more that were left out. A side with fewer is complete.
    /// </summary>
    /// <param name="levels">Levels a side that were asked for, at least 1.</param>
    public void SetHorizon(int levels)
    {
        if (Bids.Count >= levels)
        {
            BidHorizon.Set(Worst<BidSide, TBids>(ref Bids));
        }

        if (Asks.Count >= levels)
        {
            AskHorizon.Set(Worst<AskSide, TAsks>(ref Asks));
        }
    }

    /// <summary>True when a side with a horizon has fewer levels before it than this.</summary>
    public bool IsShort(int levels) =>
        (BidHorizon.IsSet && Bids.Count < levels) || (AskHorizon.IsSet && Asks.Count < levels);

    /// <summary>
    /// Applies one event's levels, bringing the coarser of the two sets of scales to the finer one.
    /// </summary>
    /// <param name="item">The event; its levels may be rescaled in place.</param>
    /// <param name="touched">Collects the best price changed on each side.</param>
    /// <param name="widened">True when the book was brought to finer scales.</param>
    /// <returns>What is wrong with the book now, or <see cref="FaultCode.None"/>.</returns>
    public FaultCode Apply(ref DepthEvent item, ref TouchedPrices touched, out bool widened)
    {
        widened = false;
        if (item.PriceScale != PriceScale || item.QuantityScale != QuantityScale)
        {
            var fault = Align(ref item, ref touched, out widened);
            if (fault != FaultCode.None)
            {
                return fault;
            }
        }

        if (BidHorizon.IsSet || AskHorizon.IsSet)
        {
            return ApplyWithin(ref item, ref touched) ? FaultCode.None : FaultCode.TooManyLevels;
        }

        var fits = true;
        for (var index = 0; index < item.BidCount; index++)
        {
            ref var level = ref item.Bid(index);
            fits &= Bids.Set(level.Price, level.Quantity);
            touched.AddBid(level.Price);
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            ref var level = ref item.Ask(index);
            fits &= Asks.Set(level.Price, level.Quantity);
            touched.AddAsk(level.Price);
        }

        return fits ? FaultCode.None : FaultCode.TooManyLevels;
    }

    /// <summary>Cuts both sides to a window.</summary>
    public void Truncate(int levels)
    {
        Bids.Truncate(levels);
        Asks.Truncate(levels);
    }

    /// <summary>
    /// Brings the book to finer or equal scales; false, with nothing changed, when a value does not fit.
    /// </summary>
    public bool TryWiden(int priceScale, int quantityScale)
    {
        var pricePower = Scale.Power(priceScale - PriceScale);
        var quantityPower = Scale.Power(quantityScale - QuantityScale);
        if (!BidHorizon.CanMultiply(pricePower, quantityPower)
            || !AskHorizon.CanMultiply(pricePower, quantityPower)
            || !CanMultiply<AskSide, TAsks>(ref Asks, pricePower, quantityPower)   // before the bids are changed
            || !Bids.TryMultiply(pricePower, quantityPower)
            || !Asks.TryMultiply(pricePower, quantityPower))
        {
            return false;
        }

        BidHorizon.Multiply(pricePower, quantityPower);
        AskHorizon.Multiply(pricePower, quantityPower);
        PriceScale = priceScale;
        QuantityScale = quantityScale;
        return true;
    }

    /// <summary>Frees the memory of both sides.</summary>
    public void Free()
    {
        Bids.Free();
        Asks.Free();
        BidHorizon.Free();
        AskHorizon.Free();
    }

    /// <summary>As <see cref="Apply"/>, of a book with a horizon: a quote cannot see what changes beyond it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ApplyWithin(ref DepthEvent item, ref TouchedPrices touched)
    {
        var fits = true;
        for (var index = 0; index < item.BidCount; index++)
        {
            ref var level = ref item.Bid(index);
            if (BidHorizon.Hides(level.Price))
            {
                fits &= BidHorizon.SetBeyond(
                    level.Price, level.Quantity, IBookSide<BidSide>.MaxLevels - Bids.Count);
                continue;
            }

            fits &= Bids.Set(level.Price, level.Quantity);
            touched.AddBid(level.Price);
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            ref var level = ref item.Ask(index);
            if (AskHorizon.Hides(level.Price))
            {
                fits &= AskHorizon.SetBeyond(
                    level.Price, level.Quantity, IBookSide<AskSide>.MaxLevels - Asks.Count);
                continue;
            }

            fits &= Asks.Set(level.Price, level.Quantity);
            touched.AddAsk(level.Price);
        }

        return fits;
    }

    /// <remarks>Compiled in full at once, as is what is called too seldom while the hot path warms up.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long Worst<TSide, TLevels>(ref TLevels side)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var worst = 0L;
        var cursor = side.First;
        while (side.TryNext(ref cursor, out var level))
        {
            worst = level.Price;
        }

        return worst;
    }

    private static bool CanMultiply<TSide, TLevels>(ref TLevels side, long pricePower, long quantityPower)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var cursor = side.First;
        while (side.TryNext(ref cursor, out var level))
        {
            if (!Fits(in level, pricePower, quantityPower))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCrossedBeyond(Level bid, Level ask) =>
        bid.Quantity != 0 && ask.Quantity != 0 && bid.Price >= ask.Price;

    private FaultCode Align(ref DepthEvent item, ref TouchedPrices touched, out bool widened)
    {
        var priceScale = item.PriceScale > PriceScale ? item.PriceScale : PriceScale;
        var quantityScale = item.QuantityScale > QuantityScale ? item.QuantityScale : QuantityScale;
        widened = priceScale > PriceScale || quantityScale > QuantityScale;
        if (widened)
        {
            touched.AddEverything();   // every number in the quote changes its spelling
            if (!TryWiden(priceScale, quantityScale))
            {
                return FaultCode.ScaleOverflow;
            }
        }

        var pricePower = Scale.Power(priceScale - item.PriceScale);
        var quantityPower = Scale.Power(quantityScale - item.QuantityScale);
        if (!TryMultiply(ref item, pricePower, quantityPower))
        {
            return FaultCode.ScaleOverflow;
        }

        item.PriceScale = (byte)priceScale;
        item.QuantityScale = (byte)quantityScale;
        return FaultCode.None;
    }

    /// <summary>All levels or none: an event that waits for another snapshot is applied again.</summary>
    private static bool TryMultiply(ref DepthEvent item, long pricePower, long quantityPower)
    {
        for (var index = 0; index < item.BidCount; index++)
        {
            if (!Fits(in item.Bid(index), pricePower, quantityPower))
            {
                return false;
            }
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            if (!Fits(in item.Ask(index), pricePower, quantityPower))
            {
                return false;
            }
        }

        for (var index = 0; index < item.BidCount; index++)
        {
            item.Bid(index).Price *= pricePower;
            item.Bid(index).Quantity *= quantityPower;
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            item.Ask(index).Price *= pricePower;
            item.Ask(index).Quantity *= quantityPower;
        }

        return true;
    }

    private static bool Fits(in Level level, long pricePower, long quantityPower) =>
        Scale.TryMultiply(level.Price, pricePower, out _) && Scale.TryMultiply(level.Quantity, quantityPower, out _);
}

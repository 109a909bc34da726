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

    /// <summary>True when the best bid is at or above the best ask.</summary>
    /// <remarks>Not readonly: it would be asked of copies of the sides, whose contract may change them.</remarks>
    public bool IsCrossed => Bids.Count != 0 && Asks.Count != 0 && Bids.Best.Price >= Asks.Best.Price;

    /// <summary>Removes every level and keeps the scales.</summary>
    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

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
        if (!Bids.TryMultiply(pricePower, quantityPower))
        {
            return false;
        }

        if (!Asks.TryMultiply(pricePower, quantityPower))
        {
            return false;   // the caller drops the book: a side on other scales than the other is no book
        }

        PriceScale = priceScale;
        QuantityScale = quantityScale;
        return true;
    }

    /// <summary>Frees the memory of both sides.</summary>
    public void Free()
    {
        Bids.Free();
        Asks.Free();
    }

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

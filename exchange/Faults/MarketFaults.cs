using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>
/// Faults that all channels of a venue show, because its book itself has them. Touch it under the market's gate.
/// </summary>
internal sealed class MarketFaults
{
    private readonly List<CrossedBook> _crossed = [];

    /// <summary>Puts a bid above the best ask, and takes care that it stays for so many steps.</summary>
    public void Cross(SimulatedBook book, long steps)
    {
        var ask = book.Asks.TicksAt(0);
        var spread = System.Math.Max(1, ask - book.Bids.TicksAt(0));
        _crossed.Add(new CrossedBook(book, ask + spread, book.Bids.LotsAt(0), steps));
    }

    /// <summary>Call after each step of a book, before it is published.</summary>
    public void Stepped(SimulatedBook book)
    {
        for (var index = _crossed.Count - 1; index >= 0; index--)
        {
            var crossed = _crossed[index];
            if (crossed.Book != book)
            {
                continue;
            }

            if (crossed.StepsLeft == 0)
            {
                _crossed.RemoveAt(index);   // the flow takes the bid away with the next step
                continue;
            }

            book.Set(Side.Bid, crossed.Ticks, crossed.Lots);
            _crossed[index] = crossed with { StepsLeft = crossed.StepsLeft - 1 };
        }
    }

    private readonly record struct CrossedBook(SimulatedBook Book, long Ticks, long Lots, long StepsLeft);
}

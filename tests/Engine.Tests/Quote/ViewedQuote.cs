using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Tests.Quote;

/// <summary>A random market of which a quote shows the best levels, written and read as the engine does.</summary>
internal sealed class ViewedQuote : IDisposable
{
    private readonly QuoteRing _ring;
    private readonly int _venues;

    public ViewedQuote(int levels, int venues)
    {
        _ring = new QuoteRing(levels, 2);
        _venues = venues;
        Reader = new QuoteReader(_ring);
    }

    public QuoteReader Reader { get; }

    /// <summary>All levels of the market, those that the quote left out too.</summary>
    public List<(long Price, long Quantity, int Member)> AllBids { get; private set; } = [];

    public List<(long Price, long Quantity, int Member)> AllAsks { get; private set; } = [];

    /// <summary>Fills the market with so many levels of each venue and quotes the best of them.</summary>
    public void Fill(Random random, long middle, long width, int levelsOfEach)
    {
        AllBids = Some(random, middle, -width, levelsOfEach);
        AllAsks = Some(random, middle, width, levelsOfEach);
        Write(static (_, _) => BookState.Live);
    }

    /// <summary>Writes the quote, with a state for each venue; those not live have no levels in it.</summary>
    public void Write(Func<int, int, BookState> stateOf)
    {
        ref var header = ref _ring.BeginWrite(out var bids, out var asks);
        header.MemberCount = _venues;
        (header.PriceScale, header.QuantityScale) = (2, 5);
        for (var member = 0; member < _venues; member++)
        {
            header.Member(member).State = stateOf(member, _venues);
        }

        header.BidCount = Put(Best(Side.Bid), bids);
        header.AskCount = Put(Best(Side.Ask), asks);
        _ring.EndWrite();
        Reader.TryReadLatest();
    }

    /// <summary>The rows that the quote shows of a side.</summary>
    public IEnumerable<(long Price, long Quantity, int Member)> Best(Side side) =>
        (side == Side.Bid ? AllBids : AllAsks)
            .OrderBy(row => side == Side.Bid ? -row.Price : row.Price)
            .ThenByDescending(static row => row.Quantity)
            .ThenBy(static row => row.Member)
            .Take(_ring.Levels);

    public void Dispose() => _ring.Dispose();

    private static int Put(IEnumerable<(long Price, long Quantity, int Member)> from, Span<QuoteRow> rows)
    {
        var count = 0;
        foreach (var (price, quantity, member) in from)
        {
            rows[count++] = new QuoteRow { Price = price, Quantity = quantity, Member = member };
        }

        return count;
    }

    private List<(long Price, long Quantity, int Member)> Some(Random random, long middle, long width, int levels)
    {
        var rows = new List<(long, long, int)>();
        for (var venue = 0; venue < _venues; venue++)
        {
            var prices = new HashSet<long>();
            for (var level = random.Next(levels + 1); level > 0; level--)
            {
                prices.Add(Math.Max(1, middle + (Math.Sign(width) * random.NextInt64(Math.Abs(width)))));
            }

            rows.AddRange(prices.Select(price => (price, random.NextInt64(1, 4), venue)));
        }

        return rows;
    }
}

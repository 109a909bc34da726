using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Quotes;

/// <summary>
/// Quotes of ten rows a side that differ from each other and encode to the same count of bytes, so that bytes count
/// messages. Threads: one writes; readers as of the ring.
/// </summary>
internal sealed class FanOutQuotes : IDisposable
{
    private const int Rows = 10;
    private const byte PriceScale = 2;
    private const byte QuantityScale = 8;
    private const long Mid = 6_183_763;
    private static readonly string[] Venues = ["binance", "bitstamp", "kraken"];
    private long _count;

    /// <summary>An empty ring.</summary>
    public FanOutQuotes()
    {
        var books = new List<BookDefinition>();
        foreach (var venue in Venues)
        {
            books.Add(new BookDefinition { Venue = venue, Symbol = "BTCUSDT", Instrument = 0 });
        }

        Table = new BookTable(["BTC/USDT"], books);
        Ring = new QuoteRing(Rows, 1_024, Signal);
    }

    /// <summary>Names the venues.</summary>
    public BookTable Table { get; }

    /// <summary>The quotes.</summary>
    public QuoteRing Ring { get; }

    /// <summary>Wakes who publishes.</summary>
    public WaitSignal Signal { get; } = new();

    /// <summary>Writes the next quote.</summary>
    public void WriteNext()
    {
        var number = ++_count;
        ref var header = ref Ring.BeginWrite(out var bids, out var asks);
        header.Instrument = 0;
        header.PriceScale = PriceScale;
        header.QuantityScale = QuantityScale;
        header.BidCount = Rows;
        header.AskCount = Rows;
        header.MemberCount = Venues.Length;
        for (var member = 0; member < Venues.Length; member++)
        {
            header.Member(member).Book = member;
            header.Member(member).State = BookState.Live;
        }

        for (var row = 0; row < Rows; row++)
        {
            bids[row] = new QuoteRow { Price = Mid - row, Quantity = number + row, Member = row % Venues.Length };
            asks[row] = new QuoteRow { Price = Mid + 1 + row, Quantity = number + row, Member = row % Venues.Length };
        }

        Ring.EndWrite();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ring.Dispose();
        Signal.Dispose();
    }
}

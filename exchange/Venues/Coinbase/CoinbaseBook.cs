using System;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>One product: its channels of levels, its book over REST. Touch it under the market's gate.</summary>
internal sealed class CoinbaseBook : IBookObserver
{
    private static readonly TimeSpan BatchPeriod = TimeSpan.FromMilliseconds(50);

    private readonly FrameWriter _writer;
    private readonly TimeProvider _clock;
    private readonly CoinbaseLevel2 _changes;
    private readonly CoinbaseLevel2 _batches;

    public CoinbaseBook(SimulatedBook book, TimeProvider clock, FrameWriter writer)
    {
        Book = book;
        _clock = clock;
        _writer = writer;
        _changes = new CoinbaseLevel2(book, clock, writer, TimeSpan.Zero);
        _batches = new CoinbaseLevel2(book, clock, writer, BatchPeriod);
    }

    public SimulatedBook Book { get; }

    public string Product => Book.Listing.Symbol;

    /// <summary>Counts the changes: what <c>sequence</c> of other channels and of the REST book says.</summary>
    public long Sequence { get; private set; } = 60_000_000_000;

    /// <summary>The channel of a name; null for one without levels.</summary>
    public CoinbaseLevel2? Channel(string name) => name switch
    {
        "level2" => _changes,
        "level2_batch" => _batches,
        _ => null,
    };

    public void Remove(CoinbaseSession session)
    {
        _changes.Remove(session);
        _batches.Remove(session);
    }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        Sequence += book.Changes.Count;
        _changes.Stepped(marketTime);
        _batches.Stepped(marketTime);
    }

    /// <summary>The body of <c>/products/{id}/book</c>.</summary>
    /// <param name="levels">Levels a side.</param>
    public byte[] Rest(int levels)
    {
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WritePropertyName("bids"u8);
        CountedRows(Book.Bids, levels);
        json.WritePropertyName("asks"u8);
        CountedRows(Book.Asks, levels);
        json.WriteNumber("sequence"u8, Sequence);
        json.WriteBoolean("auction_mode"u8, false);
        json.WriteNull("auction"u8);
        json.WriteString("time"u8, CoinbaseTime.Text(_clock.GetUtcNow()));
        json.WriteEndObject();
        return _writer.End();
    }

    /// <summary>Rows of price, size and a count of orders, which is made up.</summary>
    private void CountedRows(SimulatedSide side, int levels)
    {
        var json = _writer.Json;
        json.WriteStartArray();
        for (var rank = 0; rank < Math.Min(levels, side.Count); rank++)
        {
            json.WriteStartArray();
            _writer.StrippedString(side.TicksAt(rank), Book.Listing.PriceDecimals);
            _writer.StrippedString(side.LotsAt(rank), Book.Listing.QuantityDecimals);
            json.WriteNumberValue(1 + (side.LotsAt(rank) % 5));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}

using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Channels;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>
/// The same path as it is mostly written in C#: Utf8JsonReader into message objects with decimals, a bounded channel,
/// a sorted dictionary a side, LINQ for the consolidated book. Correct and idiomatic, and not tuned.
/// </summary>
internal sealed class TypicalPipeline
{
    private const int Rows = 10;
    private readonly TickFrames[] _venues = new TickFrames[OurPipeline.VenueCount];
    private readonly TypicalBook[] _books = new TypicalBook[OurPipeline.VenueCount];
    private readonly Channel<TypicalUpdate> _channel = Channel.CreateBounded<TypicalUpdate>(
        new BoundedChannelOptions(4_096) { SingleReader = true, SingleWriter = true });

    private int _next;
    private long _handled;
    private TypicalQuote _quote = new([], []);

    /// <summary>Fills the books.</summary>
    public TypicalPipeline()
    {
        for (var venue = 0; venue < _venues.Length; venue++)
        {
            _venues[venue] = new TickFrames(venue);
            _books[venue] = new TypicalBook(venue, Parse(venue, _venues[venue].Snapshot));
        }

        Publish();
    }

    /// <summary>Messages handled.</summary>
    public long HandledCount => Volatile.Read(ref _handled);

    /// <summary>Quotes published.</summary>
    public long QuoteCount { get; private set; }

    /// <summary>The latest quote.</summary>
    public TypicalQuote Quote => Volatile.Read(ref _quote);

    /// <summary>Takes the next frame of the next venue.</summary>
    public void Decode()
    {
        var update = Parse(_next, _venues[_next].Next());
        _next = (_next + 1) % _venues.Length;
        while (!_channel.Writer.TryWrite(update))
        {
            Thread.Yield();
        }
    }

    /// <summary>Handles what is there.</summary>
    public int Handle()
    {
        var work = 0;
        for (; _channel.Reader.TryRead(out var update); work++)
        {
            _books[update.Venue].Apply(update);
            Publish();
            Volatile.Write(ref _handled, _handled + 1);
        }

        return work;
    }

    private void Publish()
    {
        var bids = _books.SelectMany(static book => book.Bids.Take(Rows).Select(level => book.Row(level)))
            .OrderByDescending(static row => row.Price).ThenByDescending(static row => row.Amount).Take(Rows).ToArray();
        var asks = _books.SelectMany(static book => book.Asks.Take(Rows).Select(level => book.Row(level)))
            .OrderBy(static row => row.Price).ThenByDescending(static row => row.Amount).Take(Rows).ToArray();
        if (!bids.SequenceEqual(Quote.Bids) || !asks.SequenceEqual(Quote.Asks))
        {
            Volatile.Write(ref _quote, new TypicalQuote(bids, asks));
            QuoteCount++;
        }
    }

    private static TypicalUpdate Parse(int venue, ReadOnlySpan<byte> frame)
    {
        var update = new TypicalUpdate { Venue = venue };
        var reader = new Utf8JsonReader(frame);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("U"u8))
            {
                reader.Read();
                update.FirstUpdateId = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("u"u8) || reader.ValueTextEquals("lastUpdateId"u8))
            {
                reader.Read();
                update.LastUpdateId = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("b"u8) || reader.ValueTextEquals("bids"u8))
            {
                ReadLevels(ref reader, update.Bids);
            }
            else if (reader.ValueTextEquals("a"u8) || reader.ValueTextEquals("asks"u8))
            {
                ReadLevels(ref reader, update.Asks);
            }
        }

        return update;
    }

    private static void ReadLevels(ref Utf8JsonReader reader, List<(decimal Price, decimal Amount)> levels)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var price = Number(ref reader);
            reader.Read();
            levels.Add((price, Number(ref reader)));
            reader.Read();
        }
    }

    private static decimal Number(ref Utf8JsonReader reader) =>
        Utf8Parser.TryParse(reader.ValueSpan, out decimal number, out _)
            ? number
            : throw new FormatException("a price or amount is no number");
}

using System;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>
/// The topics of one book and the number that orders their messages. Touch it under the market's gate.
/// </summary>
internal sealed class BybitBook : IBookObserver
{
    private static readonly (int Depth, int Millis)[] Cadences = [(1, 10), (50, 20), (200, 100), (1000, 200)];

    private readonly FrameWriter _writer;
    private readonly TimeProvider _clock;
    private long _sequence;

    public BybitBook(SimulatedBook book, ExchangeOptions options, FrameWriter writer)
    {
        Book = book;
        _writer = writer;
        _clock = options.Clock;
        _sequence = 66_000_000_000 + (uint)Seeds.Derive(options.Seed, "bybit sequence", book.Listing.Symbol);
        Topics =
        [
            .. Cadences.Select(cadence => new BybitTopic(
                this, cadence.Depth, TimeSpan.FromMilliseconds(cadence.Millis), options.Bybit, options.Clock)),
        ];
    }

    public SimulatedBook Book { get; }

    public BybitTopic[] Topics { get; }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        _sequence += book.Changes.Count;
        foreach (var topic in Topics)
        {
            topic.Stepped(marketTime);
        }
    }

    /// <summary>A frame of a topic.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="type">snapshot or delta.</param>
    /// <param name="levels">Bids and asks; 0 lots delete.</param>
    /// <param name="updateId">The topic's count.</param>
    public byte[] Frame(string topic, string type, BybitLevels levels, long updateId)
    {
        var milliseconds = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var json = _writer.Begin();
        json.WriteStartObject();
        json.WriteString("topic"u8, topic);
        json.WriteNumber("ts"u8, milliseconds);
        json.WriteString("type"u8, type);
        json.WriteStartObject("data"u8);
        levels.Write(_writer, Book.Listing);
        json.WriteNumber("u"u8, updateId);
        json.WriteNumber("seq"u8, _sequence);
        json.WriteEndObject();
        json.WriteNumber("cts"u8, milliseconds - 1);
        json.WriteEndObject();
        return _writer.End();
    }

    /// <summary>The body of market/orderbook, whose ids are those of the deepest topic.</summary>
    public byte[] Rest(int depth)
    {
        var deepest = Topics[^1];
        var levels = deepest.Held(depth);
        var milliseconds = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var json = _writer.Begin();
        BybitEnvelope.Begin(json, 0, "OK");
        levels.Write(_writer, Book.Listing);
        json.WriteNumber("ts"u8, milliseconds);
        json.WriteNumber("u"u8, deepest.UpdateId);
        json.WriteNumber("seq"u8, _sequence);
        json.WriteNumber("cts"u8, milliseconds - 1);
        BybitEnvelope.End(json, milliseconds);
        return _writer.End();
    }
}

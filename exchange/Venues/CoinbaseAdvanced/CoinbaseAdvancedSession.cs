using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>
/// One Coinbase Advanced Trade websocket: what it is subscribed to, and the number of each of its messages.
/// </summary>
internal sealed class CoinbaseAdvancedSession : IFrameReceiver
{
    private const string BookChannel = "level2";
    private const string HeartbeatChannel = "heartbeats";

    private static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Channels that are acknowledged and have nothing to say here.</summary>
    private static readonly string[] Silent = ["ticker", "ticker_batch", "market_trades", "candles", "status"];

    private readonly CoinbaseAdvancedSimulation _venue;
    private readonly SortedDictionary<string, SortedSet<string>> _channels = new(StringComparer.Ordinal);
    private readonly WindowCount _messages;
    private readonly long _opened;
    private readonly int _lost;
    private long _lastBeat;
    private long _lastSent;
    private long _beats;
    private long _number;
    private bool _hasSubscribed;

    /// <param name="venue">The venue.</param>
    /// <param name="session">The socket.</param>
    /// <param name="lost">Number of the message that is lost on the way; 0 for none.</param>
    public CoinbaseAdvancedSession(CoinbaseAdvancedSimulation venue, VenueSession session, int lost)
    {
        _venue = venue;
        _lost = lost;
        Session = session;
        _messages = new WindowCount(venue.Clock, TimeSpan.FromSeconds(1), venue.Settings.MessagesPerSecond);
        _opened = venue.Clock.GetTimestamp();
        _lastBeat = _opened;
        _lastSent = _opened;
        _beats = 3_049 + session.Number;
    }

    public VenueSession Session { get; }

    public void Opened() => _venue.Add(this);

    public void Closed() => _venue.Remove(this);

    /// <summary>Call under the gate: heartbeats once a second, and the end of who is quiet.</summary>
    public void Tick()
    {
        if (!_hasSubscribed && _venue.Clock.GetElapsedTime(_opened) >= _venue.Settings.SubscribeWithin)
        {
            Session.Close(WebSocketCloseStatus.NormalClosure, "no subscription");
        }
        else if (_venue.Clock.GetElapsedTime(_lastSent) >= _venue.Settings.QuietMax)
        {
            Session.Close(WebSocketCloseStatus.NormalClosure, "quiet");
        }
        else if (_channels.ContainsKey(HeartbeatChannel) && _venue.Clock.GetElapsedTime(_lastBeat) >= BeatPeriod)
        {
            _lastBeat = _venue.Clock.GetTimestamp();
            Send(HeartbeatChannel, CoinbaseAdvancedReplies.Heartbeat(_venue.Clock.GetUtcNow(), _beats++));
        }
    }

    /// <summary>Call under the gate: sends an event as the next message.</summary>
    public void Send(string channel, byte[] item)
    {
        var number = _number++;
        _lastSent = _venue.Clock.GetTimestamp();
        if (_lost != 0 && number == _lost)
        {
            return;
        }

        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"channel":"{{channel}}","timestamp":"{{CoinbaseAdvancedTime.Text(_venue.Clock.GetUtcNow())}}","sequence_num":{{number}},"events":["""));
        Session.Send((byte[])[.. head, .. item, .. "]}"u8]);
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        lock (_venue.Gate)
        {
            if (!_messages.TryUse(1))
            {
                Session.Send(CoinbaseAdvancedReplies.Error("rate limit exceeded"));
                return;
            }

            try
            {
                using var document = WireJson.Parse(message);
                Received(document.RootElement);
            }
            catch (JsonException)
            {
                Session.Send(CoinbaseAdvancedReplies.Error("malformed message"));
            }
        }
    }

    private void Received(JsonElement request)
    {
        if (Text(request, "type") is not ("subscribe" or "unsubscribe") || Text(request, "channel") is not { } channel
            || Products(request) is not { } products)
        {
            Session.Send(CoinbaseAdvancedReplies.Error("request not understood"));
            return;
        }

        if (Refusal(channel, products) is { } refusal)
        {
            Session.Send(CoinbaseAdvancedReplies.Error(refusal));
            return;
        }

        if (Text(request, "type") == "unsubscribe")
        {
            Unsubscribe(channel, products);
            Send("subscriptions", CoinbaseAdvancedReplies.Subscriptions(_channels));
            return;
        }

        _hasSubscribed = true;
        var books = Subscribe(channel, products);
        var acknowledgement = CoinbaseAdvancedReplies.Subscriptions(_channels);
        if (!_venue.Settings.SnapshotComesFirst)
        {
            Send("subscriptions", acknowledgement);
        }

        foreach (var book in books)
        {
            book.Add(this);
        }

        if (_venue.Settings.SnapshotComesFirst)
        {
            Send("subscriptions", acknowledgement);
        }
    }

    /// <summary>Why the venue will have nothing of the request; null when it will.</summary>
    private string? Refusal(string channel, List<string> products)
    {
        if (channel is not (BookChannel or HeartbeatChannel) && !Silent.Contains(channel))
        {
            return $"channel {channel} is not supported";
        }

        if (channel == BookChannel && products.Count == 0)
        {
            return "no products";
        }

        return products.Find(product => _venue.Find(product) is null) is { } unknown
            ? $"product {unknown} is not supported"
            : null;
    }

    /// <summary>Notes what is new; returns the books whose snapshots are to be sent.</summary>
    private List<CoinbaseAdvancedBook> Subscribe(string channel, List<string> products)
    {
        if (!_channels.TryGetValue(channel, out var subscribed))
        {
            _channels.Add(channel, subscribed = new SortedSet<string>(StringComparer.Ordinal));
        }

        if (channel == HeartbeatChannel)
        {
            subscribed.Add(HeartbeatChannel);   // it is of the connection, not of a product
            return [];
        }

        var added = products.Where(subscribed.Add).ToList();
        return channel == BookChannel ? [.. added.Select(name => _venue.Find(name)!)] : [];
    }

    private void Unsubscribe(string channel, List<string> products)
    {
        if (!_channels.TryGetValue(channel, out var subscribed))
        {
            return;
        }

        foreach (var product in products.Count == 0 ? [.. subscribed] : products)
        {
            if (subscribed.Remove(product) && channel == BookChannel)
            {
                _venue.Find(product)!.Remove(this);
            }
        }

        if (subscribed.Count == 0)
        {
            _channels.Remove(channel);
        }
    }

    /// <summary>The products of a request; none when it names none, null when they are no texts.</summary>
    private static List<string>? Products(JsonElement request)
    {
        if (!request.TryGetProperty("product_ids", out var products))
        {
            return [];
        }

        return products.ValueKind == JsonValueKind.Array
            && products.EnumerateArray().All(product => product.ValueKind == JsonValueKind.String)
                ? [.. products.EnumerateArray().Select(product => product.GetString()!)]
                : null;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}

using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>One Bitstamp websocket: its channels, one request a frame.</summary>
internal sealed class BitstampSession : IFrameReceiver
{
    private const int ChannelsMax = 1024;

    private static readonly string[] ChannelKinds =
    [
        "diff_order_book_", "detail_order_book_", "order_book_", "live_orders_", "live_trades_",
    ];

    private readonly BitstampSimulation _venue;
    private readonly HashSet<string> _channels = [];

    public BitstampSession(BitstampSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
    }

    /// <summary>Client frames stay under 513 bytes; the server pings about every 54 s.</summary>
    public static SocketRules Rules { get; } = new()
    {
        MessageBytesMax = 512,
        PingInterval = TimeSpan.FromSeconds(54),
    };

    public VenueSession Session { get; }

    public void Opened() => _venue.Add(this);

    public void Closed() => _venue.Remove(this);

    public void Received(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = WireJson.Parse(message);
            Received(document.RootElement);
        }
        catch (JsonException)
        {
            Session.Send(Error("Incorrect JSON format."));
        }
    }

    private void Received(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("event", out var name)
            || name.ValueKind != JsonValueKind.String)
        {
            Session.Send(Error("Incorrect JSON format."));
            return;
        }

        switch (name.GetString())
        {
            case "bts:subscribe":
                Subscribe(request);
                break;
            case "bts:unsubscribe":
                Unsubscribe(request);
                break;
            case "bts:heartbeat":
                Session.Send(Frame("bts:heartbeat", string.Empty, json => json.WriteString("status", "success")));
                break;
            default:
                Session.Send(Error("Bad subscription string."));
                break;
        }
    }

    private void Subscribe(JsonElement request)
    {
        if (Channel(request) is not { } channel)
        {
            return;
        }

        if (_channels.Count >= ChannelsMax && !_channels.Contains(channel))
        {
            Session.Abort();    // the venue closes without a word
            return;
        }

        _channels.Add(channel);
        _venue.Subscribe(this, channel, Frame("bts:subscription_succeeded", channel, static _ => { }));
    }

    private void Unsubscribe(JsonElement request)
    {
        if (Channel(request) is { } channel)
        {
            _channels.Remove(channel);
            _venue.Unsubscribe(this, channel, Frame("bts:unsubscription_succeeded", channel, static _ => { }));
        }
    }

    /// <summary>The channel a request names; null, with the error sent, when it names none there could be.</summary>
    private string? Channel(JsonElement request)
    {
        if (!request.TryGetProperty("data", out var body)
            || body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("channel", out var channel)
            || channel.ValueKind != JsonValueKind.String)
        {
            Session.Send(Error("Bad subscription string."));
            return null;
        }

        var name = channel.GetString()!;
        var kind = Array.Find(ChannelKinds, kind => name.StartsWith(kind, StringComparison.Ordinal));
        if (kind is null || !IsMarket(name.AsSpan(kind.Length)))
        {
            Session.Send(Error(kind is null ? "Invalid channel provided." : "Bad subscription string."));
            return null;
        }

        return name;
    }

    private static bool IsMarket(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private static byte[] Error(string message) => Frame("bts:error", string.Empty, json =>
    {
        json.WriteNull("code");
        json.WriteString("message", message);
    });

    private static byte[] Frame(string name, string channel, Action<Utf8JsonWriter> body) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("event", name);
        json.WriteString("channel", channel);
        json.WriteStartObject("data");
        body(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}

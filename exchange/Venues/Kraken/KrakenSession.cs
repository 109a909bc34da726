using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>One Kraken websocket: status first, then what it subscribes to.</summary>
internal sealed class KrakenSession : IFrameReceiver
{
    private const int DefaultDepth = 10;

    private readonly KrakenSimulation _venue;
    private readonly Dictionary<string, KrakenBookChannel> _books = [];

    public KrakenSession(KrakenSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
        LastSent = venue.Clock.GetTimestamp();
    }

    public VenueSession Session { get; }

    /// <summary>Heartbeats flow once any subscription has existed.</summary>
    public bool EverSubscribed { get; private set; }

    /// <summary>Clock stamp of the newest frame.</summary>
    public long LastSent { get; private set; }

    /// <summary>Call under the gate.</summary>
    public void Send(byte[] frame)
    {
        LastSent = _venue.Clock.GetTimestamp();
        Session.Send(frame);
    }

    public void Opened()
    {
        // Beyond 2^53 on purpose: the venue's ids are, and a reader of doubles must not get away with it.
        var connectionId = 7_204_881_492_680_000_000UL + (ulong)Session.Number;
        lock (_venue.Gate)
        {
            _venue.Add(this);
            Send(KrakenReplies.Status(connectionId));
        }
    }

    public void Closed() => _venue.Remove(this);

    public void Received(ReadOnlyMemory<byte> message)
    {
        var reply = new KrakenReplies(_venue.Clock);
        lock (_venue.Gate)
        {
            try
            {
                using var document = WireJson.Parse(message);
                Received(document.RootElement, reply);
            }
            catch (JsonException)
            {
                Send(reply.Refusal("Malformed request", null, null));
            }
        }
    }

    private void Received(JsonElement request, KrakenReplies reply)
    {
        if (request.ValueKind != JsonValueKind.Object || Text(request, "method") is not { } method)
        {
            Send(reply.Refusal("Malformed request", null, null));
            return;
        }

        reply.RequestId = request.TryGetProperty("req_id", out var id) && id.ValueKind == JsonValueKind.Number
            ? id.GetRawText()
            : null;
        switch (method)
        {
            case "ping":
                Send(reply.Pong());
                break;
            case "subscribe" or "unsubscribe":
                var parameters = request.TryGetProperty("params", out var found) ? found : default;
                Change(method, parameters, reply);
                break;
            default:
                Send(reply.Refusal($"Unsupported method {method}", method, null));
                break;
        }
    }

    private void Change(string method, JsonElement parameters, KrakenReplies reply)
    {
        switch (parameters.ValueKind == JsonValueKind.Object ? Text(parameters, "channel") : null)
        {
            case "book":
                ChangeBooks(method, parameters, reply);
                break;
            case "instrument":
                ChangeInstrument(method, Flag(parameters, "snapshot"), reply);
                break;
            case null:
                Send(reply.Refusal("Malformed request", method, null));
                break;
            case var other:
                Send(reply.Refusal($"Channel {other} not supported", method, null));
                break;
        }
    }

    private void ChangeBooks(string method, JsonElement parameters, KrakenReplies reply)
    {
        if (!parameters.TryGetProperty("symbol", out var symbols) || symbols.ValueKind != JsonValueKind.Array)
        {
            Send(reply.Refusal("Symbol(s) not provided", method, null));
            return;
        }

        var depth = DefaultDepth;
        if (parameters.TryGetProperty("depth", out var wanted)
            && (wanted.ValueKind != JsonValueKind.Number || !wanted.TryGetInt32(out depth)))
        {
            depth = 0;      // no depth the venue has
        }

        foreach (var symbol in symbols.EnumerateArray())
        {
            var name = symbol.ValueKind == JsonValueKind.String ? symbol.GetString()! : symbol.GetRawText();
            if (method == "subscribe")
            {
                Subscribe(name, depth, Flag(parameters, "snapshot"), reply);
            }
            else
            {
                Unsubscribe(name, depth, reply);
            }
        }
    }

    private void Subscribe(string symbol, int depth, bool snapshot, KrakenReplies reply)
    {
        if (_venue.Find(symbol) is not { } publisher)
        {
            Send(reply.Refusal($"Currency pair not supported {symbol}", "subscribe", symbol));
        }
        else if (publisher.Find(depth) is not { } channel)
        {
            Send(reply.Refusal("Subscription depth not supported", "subscribe", symbol));
        }
        else if (!_books.TryAdd(symbol, channel))
        {
            Send(reply.Refusal("Already subscribed", "subscribe", symbol));
        }
        else
        {
            EverSubscribed = true;
            Send(reply.BookAcknowledgement("subscribe", symbol, depth, snapshot));
            channel.Add(this, snapshot);
        }
    }

    private void Unsubscribe(string symbol, int depth, KrakenReplies reply)
    {
        if (!_books.TryGetValue(symbol, out var channel) || channel.Depth != depth)
        {
            Send(reply.Refusal("Subscription Not Found", "unsubscribe", symbol));
            return;
        }

        _books.Remove(symbol);
        channel.Remove(this);
        Send(reply.BookAcknowledgement("unsubscribe", symbol, depth, null));
    }

    private void ChangeInstrument(string method, bool snapshot, KrakenReplies reply)
    {
        var subscribes = method == "subscribe";
        EverSubscribed |= subscribes;
        Send(reply.InstrumentAcknowledgement(method, subscribes ? snapshot : null));
        if (subscribes && snapshot)
        {
            Send(KrakenPair.InstrumentSnapshot(_venue.Pairs));
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    /// <summary>An optional flag that is true when absent.</summary>
    private static bool Flag(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out var found) || found.ValueKind != JsonValueKind.False;
}

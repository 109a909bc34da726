using System;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>One Gate websocket: nothing comes before it is asked for.</summary>
internal sealed class GateioSession : IFrameReceiver
{
    private readonly GateioSimulation _venue;

    public GateioSession(GateioSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
        LastHeard = venue.Market.Clock.GetTimestamp();
    }

    public VenueSession Session { get; }

    /// <summary>Whether it ever subscribed to something.</summary>
    public bool EverSubscribed { get; private set; }

    /// <summary>Clock stamp of the client's newest message.</summary>
    public long LastHeard { get; private set; }

    public void Opened()
    {
        lock (_venue.Market.Gate)
        {
            _venue.Add(this);
        }
    }

    public void Closed() => _venue.Remove(this);

    public void Received(ReadOnlyMemory<byte> message)
    {
        lock (_venue.Market.Gate)
        {
            LastHeard = _venue.Market.Clock.GetTimestamp();
            try
            {
                using var document = WireJson.Parse(message);
                Received(document.RootElement);
            }
            catch (JsonException)
            {
                Session.Send(Reply().Failure(GateioReplies.InvalidBody, "Invalid request body format"));
            }
        }
    }

    private GateioReplies Reply() => new(_venue.Market.Clock.GetUtcNow(), Session.Number);

    private void Received(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object
            || Text(request, "channel") is not { } channel
            || !request.TryGetProperty("time", out var time) || time.ValueKind != JsonValueKind.Number)
        {
            Session.Send(Reply().Failure(GateioReplies.InvalidBody, "Invalid request body format"));
            return;
        }

        if (channel == "spot.ping")
        {
            Session.Send(Reply().Pong());
            return;
        }

        var happened = Text(request, "event") ?? string.Empty;
        var hasPayload = request.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Array;
        var reply = new GateioReplies(_venue.Market.Clock.GetUtcNow(), Session.Number)
        {
            Channel = channel,
            Event = happened,
            Payload = hasPayload ? payload.GetRawText() : null,
            Id = request.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number
                ? id.GetRawText()
                : null,
        };
        if (happened is not ("subscribe" or "unsubscribe"))
        {
            Session.Send(reply.Failure(GateioReplies.InvalidArgument, $"unknown event {happened}"));
            return;
        }

        var names = hasPayload
            ? payload.EnumerateArray()
                .Select(name => name.ValueKind == JsonValueKind.String ? name.GetString()! : name.GetRawText())
                .ToArray()
            : [];
        Session.Send(Change(channel, happened == "subscribe", names) is { } error
            ? reply.Failure(GateioReplies.InvalidArgument, error)
            : reply.Success());
    }

    /// <summary>Subscribes or unsubscribes; what is wrong, or null.</summary>
    private string? Change(string channel, bool subscribes, string[] names) => channel switch
    {
        "spot.obu" => ChangeStreams(subscribes, names),
        "spot.order_book_update" => ChangeUpdates(subscribes, names),
        _ => $"unknown channel {channel}",
    };

    private string? ChangeStreams(bool subscribes, string[] names)
    {
        foreach (var name in names)
        {
            if (name.Split('.') is not ["ob", _, "50" or "400"])
            {
                return $"invalid argument {name}";
            }

            // A pair that nobody lists is acknowledged and never served.
            if (_venue.Find(name) is { } stream && !Change(stream, subscribes))
            {
                return subscribes ? $"Alert sub {name}" : $"not subscribed {name}";
            }

            EverSubscribed |= subscribes;
        }

        return names.Length == 0 ? "payload is empty" : null;
    }

    private string? ChangeUpdates(bool subscribes, string[] names)
    {
        if (names is not [var pair, var interval])
        {
            return "payload is a pair and an interval";
        }

        if (interval is not ("20ms" or "100ms"))
        {
            return $"invalid interval {interval}";
        }

        if (_venue.Find($"{pair} {interval}") is not { } updates)
        {
            return $"unknown currency pair {pair}";
        }

        EverSubscribed |= subscribes;
        Change(updates, subscribes);
        return null;
    }

    private bool Change(GateioChannel channel, bool subscribes) =>
        subscribes ? channel.Add(this) : channel.Remove(this);

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}

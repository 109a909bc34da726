using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>One KuCoin websocket: welcome first, then the topics it asks for.</summary>
internal sealed class KuCoinSession : IFrameReceiver
{
    private static readonly string[] Kinds = ["/market/level2:", "/market/ticker:", "/market/match:"];

    private readonly KuCoinSimulation _venue;
    private readonly KuCoinLimits _limits;
    private readonly HashSet<string> _topics = [];
    private readonly WindowCount _messages;
    private readonly string _connectId;
    private readonly string _token;

    public KuCoinSession(KuCoinSimulation venue, VenueSession session, string token, string connectId)
    {
        _venue = venue;
        _limits = venue.Market.Options.KuCoin;
        _messages = new WindowCount(venue.Market.Clock, TimeSpan.FromSeconds(10), _limits.MessagesPerTenSeconds);
        _token = token;
        _connectId = connectId.Length == 0 ? $"simulated{session.Number}" : connectId;
        Session = session;
        LastHeard = venue.Market.Clock.GetTimestamp();
    }

    public VenueSession Session { get; }

    /// <summary>Clock stamp of the client's newest message.</summary>
    public long LastHeard { get; private set; }

    public void Opened()
    {
        if (!_venue.Tokens.TryUse(_token))
        {
            Session.Send(KuCoinJson.Error(_connectId, 401, "token is invalid"));
            Session.Close(WebSocketCloseStatus.NormalClosure, "token is invalid");
            return;
        }

        lock (_venue.Market.Gate)
        {
            _venue.Add(this);
            Session.Send(KuCoinJson.Frame(_connectId, "welcome"));
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
                Session.Send(KuCoinJson.Error(string.Empty, 400, "Bad Request"));
            }
        }
    }

    private void Received(JsonElement request)
    {
        var id = Id(request);
        if (!_messages.TryUse(1))
        {
            Session.Send(KuCoinJson.Error(id, 509, "exceed max permits per second"));
            return;
        }

        switch (Text(request, "type"))
        {
            case "ping":
                Session.Send(KuCoinJson.Frame(id, "pong"));
                break;
            case "subscribe":
                Change(id, request, subscribes: true);
                break;
            case "unsubscribe":
                Change(id, request, subscribes: false);
                break;
            default:
                Session.Send(KuCoinJson.Error(id, 400, "type is not supported"));
                break;
        }
    }

    private void Change(string id, JsonElement request, bool subscribes)
    {
        var topic = Text(request, "topic") ?? string.Empty;
        var kind = Array.Find(Kinds, kind => topic.StartsWith(kind, StringComparison.Ordinal));
        if (kind is null || topic.Length == kind.Length)
        {
            Session.Send(KuCoinJson.Error(id, 404, $"topic {topic} is not found"));
            return;
        }

        var symbols = topic[kind.Length..].Split(',');
        if (symbols.Length > _limits.SymbolsPerTopic)
        {
            Session.Send(KuCoinJson.Error(
                id, 509, $"exceed max subscription count limitation of {_limits.SymbolsPerTopic} per time"));
            return;
        }

        foreach (var symbol in symbols)
        {
            if (!TryChange(kind + symbol, subscribes))
            {
                Session.Send(KuCoinJson.Error(
                    id, 509, $"exceed max subscription count limitation of {_limits.TopicsPerSession} per session"));
                return;
            }
        }

        if (request.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.True)
        {
            Session.Send(KuCoinJson.Frame(id, "ack"));
        }
    }

    /// <summary>A topic of a symbol that nobody lists is taken, and stays silent.</summary>
    private bool TryChange(string topic, bool subscribes)
    {
        if (!subscribes)
        {
            _topics.Remove(topic);
            _venue.Find(topic)?.Remove(this);
            return true;
        }

        if (_topics.Count >= _limits.TopicsPerSession && !_topics.Contains(topic))
        {
            return false;
        }

        _topics.Add(topic);
        _venue.Find(topic)?.Add(this);
        return true;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    /// <summary>The id of a request, which comes back as a string also when it was sent as a number.</summary>
    private static string Id(JsonElement request) =>
        request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("id", out var id) ? string.Empty
        : id.ValueKind == JsonValueKind.String ? id.GetString()!
        : id.GetRawText();
}

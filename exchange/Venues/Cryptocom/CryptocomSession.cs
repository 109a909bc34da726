using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>One Crypto.com websocket: its channels, and whether it answers heartbeats.</summary>
internal sealed class CryptocomSession : IFrameReceiver
{
    private const int BadRequest = 40_003;
    private const int MissesMax = 2;
    private static readonly string[] SilentChannels = ["ticker", "trade", "candlestick"];

    private readonly CryptocomSimulation _venue;
    private readonly CryptocomSettings _settings;
    private readonly WindowCount _requests;
    private readonly Dictionary<string, CryptocomTopic?> _channels = [];
    private readonly List<(CryptocomTopic Topic, string Channel, long Asked)> _owed = [];
    private long _heartbeat;
    private long _heartbeatId;
    private int _unanswered;

    public CryptocomSession(CryptocomSimulation venue, VenueSession session)
    {
        _venue = venue;
        _settings = venue.Settings;
        Session = session;
        _requests = new WindowCount(venue.Clock, TimeSpan.FromSeconds(1), _settings.RequestsPerSecond);
        _heartbeat = venue.Clock.GetTimestamp();
    }

    public VenueSession Session { get; }

    /// <summary>Call under the gate.</summary>
    public void Send(byte[] frame) => Session.Send(frame);

    public void Opened() => _venue.Add(this);

    public void Closed() => _venue.Remove(this);

    /// <summary>Call under the gate: snapshots that are due, and heartbeats.</summary>
    public void Tick()
    {
        for (var index = 0; index < _owed.Count; index++)
        {
            var (topic, channel, asked) = _owed[index];
            if (_venue.Clock.GetElapsedTime(asked) >= _settings.SnapshotDelay)
            {
                _owed.RemoveAt(index--);
                if (_channels.GetValueOrDefault(channel) == topic)
                {
                    topic.Add(this);
                }
            }
        }

        if (_venue.Clock.GetElapsedTime(_heartbeat) >= _settings.HeartbeatPeriod)
        {
            AskForLife();
        }
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        lock (_venue.Gate)
        {
            try
            {
                using var document = WireJson.Parse(message);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    Received(document.RootElement);
                }
            }
            catch (JsonException)
            {
                // The venue does not answer what it cannot read.
            }
        }
    }

    private void AskForLife()
    {
        if (_unanswered == MissesMax)
        {
            Session.Close(WebSocketCloseStatus.NormalClosure, "heartbeats are not answered");
            return;
        }

        _unanswered++;
        _heartbeat = _venue.Clock.GetTimestamp();
        _heartbeatId = _venue.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Send(CryptocomReplies.Heartbeat(_heartbeatId));
    }

    private void Received(JsonElement request)
    {
        var id = request.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt64(out var number)
                ? number
                : (long?)null;
        var method = request.TryGetProperty("method", out var named) ? named.ToString() : string.Empty;
        if (method == "public/respond-heartbeat")
        {
            var isInTime = _venue.Clock.GetElapsedTime(_heartbeat) <= _settings.AnswerMax;
            _unanswered = id == _heartbeatId && isInTime ? 0 : _unanswered;
        }
        else if (!_requests.TryUse(1))
        {
            Send(CryptocomReplies.Answer(id, method, 42_901, message: "Rate limit exceeded"));
        }
        else if (method is not ("subscribe" or "unsubscribe"))
        {
            Send(CryptocomReplies.Answer(id, method, BadRequest, message: "No such method"));
        }
        else if (!request.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Object
            || !parameters.TryGetProperty("channels", out var channels) || channels.ValueKind != JsonValueKind.Array)
        {
            Send(CryptocomReplies.Answer(id, method, BadRequest, message: "Invalid request"));
        }
        else if (method == "subscribe")
        {
            var choice = CryptocomChoice.Read(parameters);
            foreach (var channel in channels.EnumerateArray().Select(static channel => channel.ToString()))
            {
                Subscribe(id, channel, choice);
            }
        }
        else
        {
            Unsubscribe(id, channels);
        }
    }

    private void Subscribe(long? id, string channel, CryptocomChoice choice)
    {
        if (!_channels.ContainsKey(channel) && _channels.Count >= _settings.ChannelsPerSocket)
        {
            Send(CryptocomReplies.Answer(id, "subscribe", 40_107, message: "Maximum subscriptions exceeded"));
            return;
        }

        if (Find(channel, choice, out var topic) is { } words)
        {
            Send(CryptocomReplies.Answer(id, "subscribe", BadRequest, channel, words));
            return;
        }

        Send(CryptocomReplies.Answer(id, "subscribe", 0, channel));
        if (_channels.TryAdd(channel, topic) && topic is not null)
        {
            _owed.Add((topic, channel, _venue.Clock.GetTimestamp()));
        }
    }

    private void Unsubscribe(long? id, JsonElement channels)
    {
        foreach (var channel in channels.EnumerateArray().Select(static channel => channel.ToString()))
        {
            if (_channels.Remove(channel, out var topic))
            {
                topic?.Remove(this);
                _owed.RemoveAll(owed => owed.Channel == channel);
            }
        }

        Send(CryptocomReplies.Answer(id, "unsubscribe", 0));
    }

    /// <summary>The topic of a channel, none for one that is silent here; or why there is no such channel.</summary>
    private string? Find(string channel, CryptocomChoice choice, out CryptocomTopic? topic)
    {
        topic = null;
        var parts = channel.Split('.');
        if (SilentChannels.Contains(parts[0]) && parts.Length >= 2)
        {
            return _venue.Lists(parts[^1]) ? null : "Unknown symbol";
        }

        if (parts.Length is not (2 or 3) || parts[0] != "book")
        {
            return "Unrecognized channel";
        }

        if (!_venue.Lists(parts[1]))
        {
            return "Unknown symbol";
        }

        var depth = 50;
        if (parts.Length == 3 && (!int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out depth)
            || depth is not (10 or 50 or 150)))
        {
            return "Invalid depth";
        }

        if (choice.Type is not ("SNAPSHOT" or "SNAPSHOT_AND_UPDATE"))
        {
            return "Invalid book_subscription_type";
        }

        topic = _venue.Find(parts[1], depth, choice);
        return topic is null ? "Unsupported depth/interval combination" : null;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>One Bybit websocket: its topics, request by request, and when it is cut off.</summary>
internal sealed class BybitSession : IFrameReceiver
{
    private readonly BybitSimulation _venue;
    private readonly BybitReplies _replies;
    private readonly HashSet<string> _topics = [];
    private long _lastHeard;

    public BybitSession(BybitSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
        _replies = new BybitReplies($"{0x2324_D924_0000L + session.Number:x}-c0ffee");
        _lastHeard = venue.Clock.GetTimestamp();
    }

    public VenueSession Session { get; }

    public void Opened() => _venue.Add(this);

    public void Closed() => _venue.Remove(this);

    /// <summary>Call under the gate: cuts off a client that has said nothing for too long.</summary>
    public void Tick()
    {
        if (_venue.Clock.GetElapsedTime(_lastHeard) >= _venue.Settings.SilenceMax)
        {
            Session.Close(WebSocketCloseStatus.NormalClosure, "no ping");
        }
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        lock (_venue.Gate)
        {
            _lastHeard = _venue.Clock.GetTimestamp();
            try
            {
                using var document = WireJson.Parse(message);
                Received(document.RootElement);
            }
            catch (JsonException)
            {
                Session.Send(_replies.Answer(false, "error:invalid json", null, string.Empty));
            }
        }
    }

    private void Received(JsonElement request)
    {
        var id = Text(request, "req_id");
        var operation = Text(request, "op") ?? string.Empty;
        if (operation == "ping")
        {
            Session.Send(_replies.Answer(true, "pong", id, operation));
            return;
        }

        if (operation is not ("subscribe" or "unsubscribe") || Topics(request) is not { } topics)
        {
            Session.Send(_replies.Answer(false, "error:request not understood", id, operation));
            return;
        }

        if (Refusal(operation, topics) is { } refusal)
        {
            Session.Send(_replies.Answer(false, refusal, id, operation));
            return;
        }

        var acknowledgement = _replies.Answer(true, operation, id, operation);
        if (operation == "subscribe")
        {
            Subscribe(topics, acknowledgement);
        }
        else
        {
            foreach (var topic in topics)
            {
                _topics.Remove(topic);
                _venue.Find(topic)?.Remove(this);
            }

            Session.Send(acknowledgement);
        }
    }

    /// <summary>Why the venue will have nothing of the request, not even its good topics; null when it will.</summary>
    private string? Refusal(string operation, List<string> topics)
    {
        if (topics.Count > _venue.Settings.TopicsPerRequest)
        {
            return $"args size >{_venue.Settings.TopicsPerRequest}";
        }

        if (topics.Find(topic => !_venue.Knows(topic)) is { } unknown)
        {
            return $"error:handler not found,topic:{unknown}";
        }

        if (operation == "unsubscribe")
        {
            return null;
        }

        if (topics.Find(_topics.Contains) is { } known)
        {
            return $"error:already subscribed,topic:{known}";
        }

        return _topics.Concat(topics).Sum(topic => topic.Length) > _venue.Settings.TopicCharacters
            ? $"args length >{_venue.Settings.TopicCharacters}"
            : null;
    }

    private void Subscribe(List<string> topics, byte[] acknowledgement)
    {
        if (!_venue.Settings.SnapshotComesFirst)
        {
            Session.Send(acknowledgement);
        }

        foreach (var name in topics)
        {
            _topics.Add(name);
            if (_venue.Find(name) is { } topic)
            {
                Session.Send(topic.Snapshot());
                topic.Add(this);
            }
        }

        if (_venue.Settings.SnapshotComesFirst)
        {
            Session.Send(acknowledgement);
        }
    }

    private static List<string>? Topics(JsonElement request)
    {
        if (!request.TryGetProperty("args", out var arguments) || arguments.ValueKind != JsonValueKind.Array
            || arguments.EnumerateArray().Any(argument => argument.ValueKind != JsonValueKind.String))
        {
            return null;
        }

        return [.. arguments.EnumerateArray().Select(argument => argument.GetString()!)];
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}

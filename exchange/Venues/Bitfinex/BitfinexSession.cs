using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>
/// One Bitfinex websocket: its channels by their numbers, what it was configured to get, and the count of its frames.
/// </summary>
internal sealed class BitfinexSession : IFrameReceiver
{
    private const long Timestamps = 32_768;
    private const long Sequences = 65_536;
    private const long Checksums = 131_072;
    private const long BulkUpdates = 536_870_912;
    private static readonly string[] SilentChannels = ["trades", "ticker", "candles"];
    private static readonly TimeSpan NoticeTime = TimeSpan.FromSeconds(10);

    private readonly BitfinexSimulation _venue;
    private readonly SortedDictionary<long, (BitfinexRequest Request, BitfinexTopic? Topic)> _channels = [];
    private long _nextChannel;
    private long _flags;
    private long _sequence;
    private long _heartbeat;
    private long _idleSince;
    private long? _announced;

    public BitfinexSession(BitfinexSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
        _nextChannel = 200_000 + (session.Number % 1_000 * 997);
        _heartbeat = venue.Clock.GetTimestamp();
        _idleSince = _heartbeat;
    }

    public VenueSession Session { get; }

    public void Opened()
    {
        lock (_venue.Gate)
        {
            _venue.Add(this);
            Session.Send(BitfinexReplies.Hello(_venue.IsUnderMaintenance));
        }
    }

    public void Closed() => _venue.Remove(this);

    /// <summary>Call under the gate: an array of one channel, numbered and stamped as the client wanted.</summary>
    public void SendArray(long channel, string content)
    {
        var text = new StringBuilder().Append('[').Append(channel).Append(',').Append(content);
        if ((_flags & Sequences) != 0)
        {
            _sequence += _sequence + 1 == _venue.Settings.SkippedSequence ? 2 : 1;
            text.Append(',').Append(_sequence);
        }

        if ((_flags & Timestamps) != 0)
        {
            text.Append(',').Append(_venue.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        }

        Session.Send(Encoding.ASCII.GetBytes(text.Append(']').ToString()));
    }

    /// <summary>
    /// Call under the gate: changed levels, a frame each, or all in one where the client wanted that.
    /// </summary>
    public void SendChanges(long channel, IReadOnlyList<string> rows)
    {
        if ((_flags & BulkUpdates) != 0)
        {
            if (rows.Count != 0)
            {
                SendArray(channel, $"[{string.Join(',', rows)}]");
            }

            return;
        }

        foreach (var row in rows)
        {
            SendArray(channel, row);
        }
    }

    /// <summary>Call under the gate: a checksum, to clients who wanted them.</summary>
    public void SendChecksum(long channel, string content)
    {
        if ((_flags & Checksums) != 0)
        {
            SendArray(channel, content);
        }
    }

    /// <summary>Call under the gate: signs of life, and the end of sockets that nobody uses.</summary>
    public void Tick()
    {
        var clock = _venue.Clock;
        if (_announced is { } announced && clock.GetElapsedTime(announced) >= NoticeTime)
        {
            Session.Close(WebSocketCloseStatus.EndpointUnavailable, "stopping");
        }
        else if (_channels.Count == 0 && clock.GetElapsedTime(_idleSince) >= _venue.Settings.IdleMax)
        {
            Session.Abort();   // without a close frame, as the venue does
        }

        if (clock.GetElapsedTime(_heartbeat) < _venue.Settings.HeartbeatPeriod)
        {
            return;
        }

        _heartbeat = clock.GetTimestamp();
        foreach (var channel in _channels.Keys)
        {
            SendArray(channel, "\"hb\"");
        }
    }

    /// <summary>Call under the gate: tells the client that the server stops.</summary>
    public void Announce()
    {
        _announced = _venue.Clock.GetTimestamp();
        Session.Send(BitfinexReplies.Notice(20_051, "Stopping. Please try to reconnect"));
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

    private void Received(JsonElement request)
    {
        switch (request.TryGetProperty("event", out var name) ? name.ToString() : string.Empty)
        {
            case "conf":
                Configure(Integer(request, "flags") ?? 0);
                break;
            case "ping":
                var now = _venue.Clock.GetUtcNow().ToUnixTimeMilliseconds();
                Session.Send(BitfinexReplies.Pong(now, Integer(request, "cid")));
                break;
            case "subscribe":
                Subscribe(BitfinexRequest.Read(request));
                break;
            case "unsubscribe":
                Unsubscribe(Integer(request, "chanId") ?? 0);
                break;
            case var other:
                Session.Send(BitfinexReplies.Error(10_000, $"event: invalid ({other})"));
                break;
        }
    }

    private void Configure(long flags)
    {
        _flags = flags;
        _sequence = 0;
        Session.Send(BitfinexReplies.Configured(flags));
    }

    private void Subscribe(BitfinexRequest request)
    {
        var topic = request.Channel == "book" ? _venue.Find(request.Symbol, request.Levels) : null;
        if (Refusal(request, topic) is { } words)
        {
            Session.Send(BitfinexReplies.Refusal(request, 10_300, words));
        }
        else if (FindSame(request) is { } same)
        {
            Session.Send(BitfinexReplies.Refusal(request, 10_301, "subscribe: dup", same));
        }
        else if (_channels.Count >= _venue.Settings.ChannelsPerSocket)
        {
            Session.Send(BitfinexReplies.Refusal(request, 10_305, "subscribe: limit"));
        }
        else
        {
            Open(request, topic);
        }
    }

    private void Open(BitfinexRequest request, BitfinexTopic? topic)
    {
        var channel = _nextChannel++;
        _channels.Add(channel, (request, topic));
        if (_venue.Settings.HeartbeatComesFirst)
        {
            SendArray(channel, "\"hb\"");
        }

        Session.Send(BitfinexReplies.Subscribed(request, channel));
        topic?.Add(this, channel);
    }

    private void Unsubscribe(long channel)
    {
        if (!_channels.Remove(channel, out var found))
        {
            Session.Send(BitfinexReplies.Error(10_400, "unsubscribe: invalid"));
            return;
        }

        _idleSince = _venue.Clock.GetTimestamp();
        found.Topic?.Remove(this);
        Session.Send(BitfinexReplies.Unsubscribed(channel));
    }

    /// <summary>Why the venue does not know what is asked for; null when it does.</summary>
    private string? Refusal(BitfinexRequest request, BitfinexTopic? topic) =>
        request.Channel != "book" && !SilentChannels.Contains(request.Channel) ? "channel: unknown"
        : !_venue.Lists(request.Symbol) && request.Channel != "candles" ? "symbol: invalid"
        : request.Channel != "book" ? null
        : request.Precision != "P0" ? "precision: invalid"
        : request.Frequency != "F0" ? "frequency: invalid"
        : topic is null ? "length: invalid"
        : null;

    private long? FindSame(BitfinexRequest request)
    {
        foreach (var (channel, (other, _)) in _channels)
        {
            if (other with { SubId = null } == request with { SubId = null })
            {
                return channel;
            }
        }

        return null;
    }

    private static long? Integer(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number
        && found.TryGetInt64(out var value)
            ? value
            : null;
}

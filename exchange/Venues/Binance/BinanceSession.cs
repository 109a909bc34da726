using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>One Binance websocket: its streams and its control messages.</summary>
internal sealed class BinanceSession : IFrameReceiver
{
    private readonly BinanceSimulation _venue;
    private readonly BinanceAddress _address;
    private readonly BinanceControl _control;
    private readonly BinanceLimits _limits;
    private readonly List<string> _streams = [];
    private double _tokens;
    private long _refilled;

    public BinanceSession(BinanceSimulation venue, VenueSession session, BinanceAddress address)
    {
        _venue = venue;
        _address = address;
        _limits = venue.Market.Options.Binance;
        Session = session;
        Combined = address.Combined;
        Microseconds = address.Microseconds;
        _control = new BinanceControl(this);
        _tokens = _limits.MessagesPerSecond;
        _refilled = venue.Market.Clock.GetTimestamp();
    }

    public VenueSession Session { get; }

    /// <summary>Whether payloads are wrapped; a client may change it.</summary>
    public bool Combined { get; set; }

    public bool Microseconds { get; }

    public IReadOnlyList<string> Streams => _streams;

    public void Opened()
    {
        lock (_venue.Market.Gate)
        {
            _venue.Add(this);
        }

        Subscribe(_address.Streams);
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        if (!TakeToken())
        {
            Session.Close(WebSocketCloseStatus.PolicyViolation, "Too many requests");
            return;
        }

        Session.Send(_control.Answer(message));
    }

    public void Closed() => _venue.Remove(this);

    /// <summary>Adds streams; false when that would be too many for one socket.</summary>
    public bool Subscribe(IEnumerable<string> names)
    {
        lock (_venue.Market.Gate)
        {
            foreach (var name in names)
            {
                if (_streams.Contains(name))
                {
                    continue;
                }

                if (_streams.Count >= _limits.StreamsPerSocket)
                {
                    return false;
                }

                _streams.Add(name);
                _venue.Find(name, _address.Binary)?.Add(this);
            }
        }

        return true;
    }

    public void Unsubscribe(IEnumerable<string> names)
    {
        lock (_venue.Market.Gate)
        {
            foreach (var name in names)
            {
                _streams.Remove(name);
                _venue.Find(name, _address.Binary)?.Remove(this);
            }
        }
    }

    public void SendShutdownNotice(long milliseconds) => Session.Send(JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        if (Combined)
        {
            json.WriteString("stream", "!serverShutdown");
            json.WriteStartObject("data");
        }

        json.WriteString("e", "serverShutdown");
        json.WriteNumber("E", milliseconds);
        json.WriteEndObject();
        if (Combined)
        {
            json.WriteEndObject();
        }
    }));

    private bool TakeToken()
    {
        var clock = _venue.Market.Clock;
        var now = clock.GetTimestamp();
        var refill = clock.GetElapsedTime(_refilled, now).TotalSeconds * _limits.MessagesPerSecond;
        _tokens = Math.Min(_limits.MessagesPerSecond, _tokens + refill);
        _refilled = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>One Coinbase websocket: what it is subscribed to, and its heartbeats.</summary>
internal sealed class CoinbaseSession : IFrameReceiver
{
    private const string HeartbeatChannel = "heartbeat";

    private static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(1);
    private static readonly string[] Closed2023 = ["level2", "level3", "full"];
    private static readonly string[] BookChannels = ["level2", "level2_batch"];

    /// <summary>Channels that are acknowledged and have nothing to say here.</summary>
    private static readonly string[] Silent =
        ["ticker", "ticker_batch", "matches", "status", "auctionfeed", "level3", "full"];

    private readonly CoinbaseSimulation _venue;
    private readonly SortedDictionary<string, SortedSet<string>> _channels = new(StringComparer.Ordinal);
    private readonly WindowCount _messages;
    private readonly long _opened;
    private long _lastBeat;
    private bool _hasSubscribed;
    private bool _isAuthenticated;

    public CoinbaseSession(CoinbaseSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
        _messages = new WindowCount(venue.Clock, TimeSpan.FromSeconds(1), venue.Settings.MessagesPerSecond);
        _opened = venue.Clock.GetTimestamp();
        _lastBeat = _opened;
    }

    public VenueSession Session { get; }

    public void Opened() => _venue.Add(this);

    public void Closed() => _venue.Remove(this);

    /// <summary>Call under the gate: heartbeats once a second, and the end of who subscribes to nothing.</summary>
    public void Tick()
    {
        if (!_hasSubscribed && _venue.Clock.GetElapsedTime(_opened) >= _venue.Settings.SubscribeWithin)
        {
            Session.Close(WebSocketCloseStatus.NormalClosure, "no subscription");
            return;
        }

        if (_venue.Clock.GetElapsedTime(_lastBeat) < BeatPeriod)
        {
            return;
        }

        _lastBeat = _venue.Clock.GetTimestamp();
        foreach (var product in _channels.GetValueOrDefault(HeartbeatChannel) ?? [])
        {
            Session.Send(CoinbaseReplies.Heartbeat(product, _venue.Find(product)!.Sequence, _venue.Clock.GetUtcNow()));
        }
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        lock (_venue.Gate)
        {
            if (!_messages.TryUse(1))
            {
                Session.Send(CoinbaseReplies.Error("Failed to subscribe", "rate limit exceeded"));
                return;
            }

            try
            {
                using var document = WireJson.Parse(message);
                Received(document.RootElement);
            }
            catch (JsonException)
            {
                Session.Send(CoinbaseReplies.Error("Malformed JSON", null));
            }
        }
    }

    private void Received(JsonElement message)
    {
        if (CoinbaseAccount.IsSigned(message))
        {
            if (_venue.Settings.Account.Refusal(message, _venue.Clock.GetUtcNow()) is { } refused)
            {
                Session.Send(CoinbaseReplies.Error("Authentication Failed", refused));
                return;
            }

            _isAuthenticated = true;
        }

        if (!CoinbaseRequest.TryRead(message, out var request, out var reason)
            || (reason = Refusal(request)) is not null)
        {
            Session.Send(CoinbaseReplies.Error("Failed to subscribe", reason));
            return;
        }

        if (!request.Subscribes)
        {
            Unsubscribe(request);
        }

        var books = request.Subscribes ? Subscribe(request) : [];
        var acknowledgement = CoinbaseReplies.Subscriptions(_channels);
        if (!_venue.Settings.SnapshotComesFirst)
        {
            Session.Send(acknowledgement);
        }

        foreach (var book in books)
        {
            book.Add(this);
        }

        if (_venue.Settings.SnapshotComesFirst)
        {
            Session.Send(acknowledgement);
        }
    }

    /// <summary>
    /// Why the venue will have nothing of the request, not even its good products; null when it will.
    /// </summary>
    private string? Refusal(CoinbaseRequest request)
    {
        foreach (var (name, products) in request.Channels)
        {
            if (!_isAuthenticated && _venue.IsPrivate && name == "level2_batch")
            {
                return "level2_batch requires authentication";
            }

            if (!_isAuthenticated && Closed2023.Contains(name))
            {
                return "level2, level3, and full channels now require authentication";
            }

            if (name != HeartbeatChannel && !BookChannels.Contains(name) && !Silent.Contains(name))
            {
                return $"{name} is not a valid channel";
            }

            if (request.Subscribes && products.Count == 0 && name != "status")
            {
                return "No products provided";
            }

            if (products.FirstOrDefault(product => _venue.Find(product) is null) is { } unknown)
            {
                return $"{unknown} is not a valid product";
            }
        }

        return null;
    }

    /// <summary>Notes what is new; returns the channels whose snapshots are to be sent.</summary>
    private List<CoinbaseLevel2> Subscribe(CoinbaseRequest request)
    {
        var books = new List<CoinbaseLevel2>();
        _hasSubscribed = true;
        foreach (var (name, products) in request.Channels)
        {
            if (!_channels.TryGetValue(name, out var subscribed))
            {
                _channels.Add(name, subscribed = new SortedSet<string>(StringComparer.Ordinal));
            }

            foreach (var product in products)
            {
                if (subscribed.Add(product) && _venue.Find(product)!.Channel(name) is { } channel)
                {
                    books.Add(channel);
                }
            }
        }

        return books;
    }

    private void Unsubscribe(CoinbaseRequest request)
    {
        foreach (var (name, products) in request.Channels)
        {
            if (!_channels.TryGetValue(name, out var subscribed))
            {
                continue;
            }

            foreach (var product in products.Count == 0 ? [.. subscribed] : products)
            {
                if (subscribed.Remove(product))
                {
                    _venue.Find(product)!.Channel(name)?.Remove(this);
                }
            }

            if (subscribed.Count == 0)
            {
                _channels.Remove(name);
            }
        }
    }
}

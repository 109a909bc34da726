using System;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>One OKX websocket: what it subscribes to, argument by argument, and when it is cut off.</summary>
internal sealed class OkxSession : IFrameReceiver
{
    private const WebSocketCloseStatus NoDataReceived = (WebSocketCloseStatus)4004;

    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NoticeTime = TimeSpan.FromMinutes(1);
    private static readonly byte[] Pong = "pong"u8.ToArray();

    private readonly OkxSimulation _venue;
    private readonly OkxReplies _replies;
    private readonly WindowCount _requests;
    private long _lastHeard;
    private long? _announced;

    public OkxSession(OkxSimulation venue, VenueSession session)
    {
        _venue = venue;
        Session = session;
        _replies = new OkxReplies($"{0xA4D30000L + session.Number:x8}");
        _lastHeard = venue.Clock.GetTimestamp();
        _requests = new WindowCount(venue.Clock, TimeSpan.FromHours(1), venue.Settings.RequestsPerHour);
    }

    public VenueSession Session { get; }

    /// <summary>Call under the gate.</summary>
    public void Send(byte[] frame)
    {
        _lastHeard = _venue.Clock.GetTimestamp();
        Session.Send(frame);
    }

    public void Opened() => _venue.Add(this);

    public void Closed() => _venue.Remove(this);

    /// <summary>Call under the gate: cuts the socket off when neither side has said anything for too long.</summary>
    public void Tick()
    {
        if (_venue.Clock.GetElapsedTime(_lastHeard) >= SilenceMax)
        {
            Session.Close(NoDataReceived, "No data received in 30s.");
        }
        else if (_announced is { } announced && _venue.Clock.GetElapsedTime(announced) >= NoticeTime)
        {
            Session.Close(WebSocketCloseStatus.EndpointUnavailable, "service upgrade");
        }
    }

    /// <summary>Call under the gate: tells the client that the connection ends within a minute.</summary>
    public void Announce()
    {
        _announced = _venue.Clock.GetTimestamp();
        Send(_replies.UpgradeNotice());
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        lock (_venue.Gate)
        {
            if (message.Span.SequenceEqual("ping"u8))
            {
                Send(Pong);
                return;
            }

            try
            {
                using var document = WireJson.Parse(message);
                Received(document.RootElement);
            }
            catch (JsonException)
            {
                Send(_replies.Refusal(null, "60012", "Illegal request: " + Encoding.UTF8.GetString(message.Span)));
            }
        }
    }

    private void Received(JsonElement request)
    {
        var id = Text(request, "id");
        if (Text(request, "op") is not ("subscribe" or "unsubscribe")
            || !request.TryGetProperty("args", out var arguments) || arguments.ValueKind != JsonValueKind.Array)
        {
            Send(_replies.Refusal(id, "60012", "Illegal request: " + request.GetRawText()));
            return;
        }

        if (!_requests.TryUse(1))
        {
            Send(_replies.Refusal(id, "60014", "Requests too frequent. Please try again later."));
            return;
        }

        var operation = Text(request, "op")!;
        foreach (var argument in arguments.EnumerateArray())
        {
            if (Text(argument, "channel") is { } channel && Text(argument, "instId") is { } symbol)
            {
                Change(operation, id, channel, symbol);
            }
            else
            {
                Send(_replies.Refusal(id, "60012", "Illegal request: " + request.GetRawText()));
            }
        }
    }

    private void Change(string operation, string? id, string channel, string symbol)
    {
        if (channel is "books-l2-tbt" or "books50-l2-tbt" || (channel == "books" && _venue.IsPrivate))
        {
            Send(_replies.Refusal(id, "60011", "Please log in"));
            return;
        }

        var book = _venue.Find(symbol);
        var whole = book?.FindWhole(channel);
        if (book is null || (channel != "books" && whole is null && !OkxSimulation.SilentChannels.Contains(channel)))
        {
            var message = $"Wrong URL or channel:{channel},instId:{symbol} doesn't exist. Please use the correct URL, "
                + "channel and parameters referring to API document.";
            Send(_replies.Refusal(id, "60018", message));
            return;
        }

        Send(_replies.Acknowledgement(operation, id, channel, symbol));
        switch (operation, channel)
        {
            case ("subscribe", "books"):
                book.Add(this);
                break;
            case (_, "books"):
                book.RemoveUpdates(this);
                break;
            case ("subscribe", _):
                whole?.Add(this, book.Id);
                break;
            default:
                whole?.Remove(this);
                break;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;
}

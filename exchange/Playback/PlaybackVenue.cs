using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;
using LowLatencyQuoter.Exchange.Venues;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>Serves one venue from a recording: only recorded bytes, from the start for every connection.</summary>
internal sealed class PlaybackVenue
{
    private readonly IVenue _venue;
    private readonly PlaybackOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Recording _recording;
    private readonly PlaybackShelf _shelf;
    private PlaybackSession? _newest;
    private int _connections;

    public PlaybackVenue(IVenue venue, PlaybackOptions options, TimeProvider clock, ILogger logger)
    {
        _venue = venue;
        _options = options;
        _clock = clock;
        _logger = logger;
        _recording = Recording.Load(options.Files, venue.Playback);
        _shelf = new PlaybackShelf(_recording, venue.Playback);
    }

    public void Map(VenueRoutes routes)
    {
        foreach (var path in _venue.Playback.SocketPaths)
        {
            routes.Socket(path, _venue.Playback.Rules, (context, session) => new PlaybackSession(
                session,
                _venue.Playback,
                _recording,
                _options.Speed,
                _clock,
                _venue.Playback.SubscribesByAddress(context.Request),
                Started));
        }

        _venue.Playback.Map(routes);
        foreach (var route in _venue.Playback.Routes)
        {
            routes.Get(route.Path, context => AnswerAsync(context, route.Key(context.Request)));
        }
    }

    /// <summary>Writes what the newest replay has done so far.</summary>
    public Task WriteStatusAsync(HttpContext context)
    {
        var newest = Volatile.Read(ref _newest);
        var sent = newest?.Sent ?? 0;
        context.Response.ContentType = "application/json";
        var body = JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("venue", _venue.Name);
            json.WriteNumber("frames", _recording.Frames.Count);
            json.WriteNumber("sent", sent);
            json.WriteBoolean("finished", sent == _recording.Frames.Count);
            json.WriteNumber("restBodies", _recording.Bodies.Count);
            json.WriteNumber("connections", Volatile.Read(ref _connections));
            json.WriteString("speed", _options.Speed.ToString());
            json.WriteEndObject();
        });
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private void Started(PlaybackSession session)
    {
        Interlocked.Increment(ref _connections);
        Volatile.Write(ref _newest, session);
        _shelf.Rewind();
        Log.PlaybackStarted(_logger, _venue.Name, _recording.Frames.Count);
    }

    private async Task AnswerAsync(HttpContext context, string key)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        if (_shelf.Find(key) is { } body)
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        response.StatusCode = StatusCodes.Status404NotFound;
        await response.Body.WriteAsync(
            Encoding.UTF8.GetBytes($$"""{"error":"the recording holds no answer to '{{key.Replace('"', '\'')}}'"}"""),
            context.RequestAborted);
    }
}

using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>
/// One replay: starts at the client's first subscribe, sends the recorded frames byte for byte, then stays open. The
/// sender waits for a slow client; no one else does.
/// </summary>
internal sealed class PlaybackSession : IFrameReceiver
{
    private readonly VenueSession _session;
    private readonly IPlaybackDialect _dialect;
    private readonly Recording _recording;
    private readonly PlaybackSpeed _speed;
    private readonly TimeProvider _clock;
    private readonly bool _startsAtOnce;
    private readonly Action<PlaybackSession> _started;
    private int _running;

    public PlaybackSession(
        VenueSession session,
        IPlaybackDialect dialect,
        Recording recording,
        PlaybackSpeed speed,
        TimeProvider clock,
        bool startsAtOnce,
        Action<PlaybackSession> started)
    {
        _session = session;
        _dialect = dialect;
        _recording = recording;
        _speed = speed;
        _clock = clock;
        _startsAtOnce = startsAtOnce;
        _started = started;
    }

    /// <summary>Frames handed to the socket.</summary>
    public long Sent => _session.FramesSent;

    public void Opened()
    {
        if (_startsAtOnce)
        {
            Start();
        }
    }

    public void Received(ReadOnlyMemory<byte> message)
    {
        if (Volatile.Read(ref _running) == 0 && IsSubscribe(message))
        {
            Start();
        }
    }

    public void Closed()
    {
        // The replay notices by the session's token.
    }

    private bool IsSubscribe(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = WireJson.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object && _dialect.IsSubscribe(document.RootElement);
        }
        catch (JsonException)
        {
            return false;   // a replay answers nothing, not even nonsense
        }
    }

    private void Start()
    {
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            _started(this);
            _ = Task.Run(ReplayAsync);
        }
    }

    private async Task ReplayAsync()
    {
        try
        {
            var start = _clock.GetTimestamp();
            var first = _recording.Frames[0].Nanos;
            foreach (var frame in _recording.Frames)
            {
                var wait = _speed.After(frame.Nanos - first) - _clock.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _clock, _session.Ended);
                }

                await _session.SendAsync(frame.Payload);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // The client left, or the exchange stops, before the recording was over.
        }
    }
}

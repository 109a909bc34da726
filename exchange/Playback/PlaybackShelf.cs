using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>
/// The REST bodies of a recording by what they answer. Of several for one request the first request of a replay gets
/// the first, the next the next; the last one stays. Thread safe.
/// </summary>
internal sealed class PlaybackShelf
{
    private readonly System.Threading.Lock _gate = new();
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> _bodies = [];
    private readonly Dictionary<string, int> _handedOut = [];
    private readonly Recording _recording;
    private readonly IPlaybackDialect _dialect;
    private readonly Lazy<ShownListings> _shown;

    public PlaybackShelf(Recording recording, IPlaybackDialect dialect)
    {
        _recording = recording;
        _dialect = dialect;
        _shown = new Lazy<ShownListings>(Observe);
        foreach (var body in recording.Bodies)
        {
            if (dialect.KeyOf(body, recording) is { } key)
            {
                if (!_bodies.TryGetValue(key, out var list))
                {
                    _bodies.Add(key, list = []);
                }

                list.Add(body.Payload);
            }
        }
    }

    /// <summary>Starts handing out from the first body again.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            _handedOut.Clear();
        }
    }

    /// <summary>The body for a request; null when the recording has none and none can be made.</summary>
    public ReadOnlyMemory<byte>? Find(string key)
    {
        lock (_gate)
        {
            if (_bodies.TryGetValue(key, out var list))
            {
                var at = _handedOut.GetValueOrDefault(key);
                _handedOut[key] = at + 1;
                return list[Math.Min(at, list.Count - 1)];
            }

            return _dialect.Build(key, _shown.Value) is { } built ? built : (ReadOnlyMemory<byte>?)null;
        }
    }

    private ShownListings Observe()
    {
        var shown = new ShownListings(_dialect.PrintsDeclaredDecimals);
        foreach (var (key, bodies) in _bodies)
        {
            using var document = RecordedJson.TryParseObject(bodies[0]);
            if (document is not null)
            {
                _dialect.ObserveBody(key, document.RootElement, shown);
            }
        }

        foreach (var frame in _recording.Frames)
        {
            using var document = RecordedJson.TryParseObject(frame.Payload);
            if (document is not null)
            {
                _dialect.Observe(document.RootElement, shown);
            }
        }

        return shown;
    }
}

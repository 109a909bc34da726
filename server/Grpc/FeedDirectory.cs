using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// The feeds that clients asked for, made when the first one does. Those that nobody uses are kept for the next one
/// until the memory is wanted for others. Threads: any.
/// </summary>
/// <param name="make">Makes a feed.</param>
internal sealed class FeedDirectory(Func<FeedKey, QuoteFeed> make)
{
    /// <summary>Bytes that all feeds together may take.</summary>
    private const long BytesMax = 256L << 20;
    private readonly Dictionary<FeedKey, QuoteFeed> _feeds = [];
    private readonly Lock _gate = new();
    private long _bytes;

    /// <summary>Count of feeds, used or kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _feeds.Count;
            }
        }
    }

    /// <summary>A feed, to be given back; null when the feeds in use take all the memory there is for them.</summary>
    public QuoteFeed? TryRent(FeedKey key)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(key, out var feed))
            {
                feed = make(key);
                if (!TryMakeRoom(feed.Bytes))
                {
                    return null;
                }

                _feeds.Add(key, feed);
                _bytes += feed.Bytes;
            }

            feed.Users++;
            return feed;
        }
    }

    /// <summary>Gives a feed back.</summary>
    public void Return(QuoteFeed feed)
    {
        lock (_gate)
        {
            if (--feed.Users == 0 && feed.Key!.Seat.Retired.IsCompleted)
            {
                Remove(feed);   // the instrument is gone: nobody will want it again
            }
        }
    }

    private bool TryMakeRoom(int bytes)
    {
        foreach (var idle in _feeds.Values.Where(static feed => feed.Users == 0).ToArray())
        {
            if (_bytes + bytes <= BytesMax)
            {
                break;
            }

            Remove(idle);
        }

        return _bytes + bytes <= BytesMax;
    }

    private void Remove(QuoteFeed feed)
    {
        _feeds.Remove(feed.Key!);
        _bytes -= feed.Bytes;
    }
}

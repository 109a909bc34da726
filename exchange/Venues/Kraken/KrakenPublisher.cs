using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Publishes one book in real time, at every depth that has listeners.</summary>
internal sealed class KrakenPublisher : IBookObserver
{
    /// <summary>The depths that can be subscribed.</summary>
    public static readonly IReadOnlyList<int> Depths = [10, 25, 100, 500, 1000];

    private readonly KrakenBookChannel[] _channels;

    public KrakenPublisher(SimulatedBook book, TimeProvider clock, FrameWriter writer)
    {
        Book = book;
        _channels = [.. Depths.Select(depth => new KrakenBookChannel(book, depth, clock, writer))];
    }

    public SimulatedBook Book { get; }

    /// <summary>The channel of a depth; null when that depth is not offered.</summary>
    public KrakenBookChannel? Find(int depth) => Array.Find(_channels, channel => channel.Depth == depth);

    /// <summary>Sends a whole book to all who listen; false when nobody does.</summary>
    public bool SendWhole()
    {
        var sent = false;
        foreach (var channel in _channels)
        {
            sent |= channel.SendWhole();
        }

        return sent;
    }

    public void Remove(KrakenSession session) => Array.ForEach(_channels, channel => channel.Remove(session));

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        if (book.Changes.Count == 0)
        {
            return;
        }

        foreach (var channel in _channels)
        {
            channel.Publish();
        }
    }
}

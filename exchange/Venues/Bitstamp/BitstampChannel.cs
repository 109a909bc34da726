using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>One channel name and who listens to it. Touch it under the market's gate.</summary>
internal sealed class BitstampChannel
{
    private readonly HashSet<BitstampSession> _listeners = [];

    public BitstampChannel(string name) => Name = name;

    /// <summary>For instance <c>diff_order_book_btcusd</c>.</summary>
    public string Name { get; }

    public bool HasListeners => _listeners.Count > 0;

    public void Add(BitstampSession session) => _listeners.Add(session);

    public void Remove(BitstampSession session) => _listeners.Remove(session);

    public void Publish(byte[] frame)
    {
        foreach (var listener in _listeners)
        {
            listener.Session.Send(frame);
        }
    }
}

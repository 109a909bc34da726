using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>One topic of one symbol and who listens to it. Touch it under the market's gate.</summary>
internal sealed class KuCoinTopic
{
    private readonly HashSet<KuCoinSession> _listeners = [];

    public KuCoinTopic(string name) => Name = name;

    /// <summary>For instance <c>/market/level2:BTC-USDT</c>.</summary>
    public string Name { get; }

    public bool HasListeners => _listeners.Count > 0;

    public void Add(KuCoinSession session) => _listeners.Add(session);

    public void Remove(KuCoinSession session) => _listeners.Remove(session);

    public void Publish(byte[] frame)
    {
        foreach (var listener in _listeners)
        {
            listener.Session.Send(frame);
        }
    }
}

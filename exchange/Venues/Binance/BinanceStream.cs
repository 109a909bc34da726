using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>One stream name and who listens to it. Touch it under the market's gate.</summary>
internal sealed class BinanceStream
{
    private readonly HashSet<BinanceSession> _listeners = [];

    public BinanceStream(string name) => Name = name;

    /// <summary>For instance <c>btcusdt@depth@100ms</c>.</summary>
    public string Name { get; }

    public bool HasListeners => _listeners.Count > 0;

    public void Add(BinanceSession session) => _listeners.Add(session);

    public void Remove(BinanceSession session) => _listeners.Remove(session);

    /// <summary>Sends an event to every listener, encoded once for each form that is asked for.</summary>
    /// <param name="encode">Encodes the event: wrapped or not, times in microseconds or not.</param>
    public void Publish(Func<bool, bool, byte[]> encode)
    {
        Span<int> forms = stackalloc int[4];
        forms.Fill(-1);
        var encoded = new List<byte[]>(1);
        foreach (var listener in _listeners)
        {
            var form = (listener.Combined ? 1 : 0) + (listener.Microseconds ? 2 : 0);
            if (forms[form] < 0)
            {
                forms[form] = encoded.Count;
                encoded.Add(encode(listener.Combined, listener.Microseconds));
            }

            listener.Session.Send(encoded[forms[form]]);
        }
    }
}

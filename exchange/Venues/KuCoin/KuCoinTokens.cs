using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>Tokens of the public endpoint: each is good for one connection, for a day. Thread safe.</summary>
internal sealed class KuCoinTokens
{
    private readonly System.Threading.Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _granted = [];
    private readonly KuCoinLimits _limits;
    private readonly TimeProvider _clock;
    private long _count;

    public KuCoinTokens(KuCoinLimits limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
    }

    /// <summary>Grants a token: the body of bullet-public, with the address that the request came to.</summary>
    public byte[] Grant(HttpRequest request) => Body(request, Make(), _limits.PingInterval);

    /// <summary>Uses a token up; false when it is none, was used, or is too old.</summary>
    public bool TryUse(string token)
    {
        lock (_gate)
        {
            return _granted.Remove(token, out var granted) && _clock.GetUtcNow() - granted < _limits.TokenLife;
        }
    }

    /// <summary>What was granted is good no more.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _granted.Clear();
        }
    }

    /// <summary>The body of bullet-public.</summary>
    public static byte[] Body(HttpRequest request, string token, TimeSpan pingInterval) => KuCoinJson.Answer(json =>
    {
        json.WriteStartObject();
        json.WriteString("token", token);
        json.WriteStartArray("instanceServers");
        json.WriteStartObject();
        json.WriteString("endpoint", $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}/kucoin/");
        json.WriteBoolean("encrypt", request.IsHttps);
        json.WriteString("protocol", "websocket");
        json.WriteNumber("pingInterval", (long)pingInterval.TotalMilliseconds);
        json.WriteNumber("pingTimeout", 10_000);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private string Make()
    {
        lock (_gate)
        {
            // Live tokens are long and have characters that an address must escape.
            var token = Convert.ToBase64String(Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"simulated token {++_count} ~~~>>>"))) + "==";
            _granted.Add(token, _clock.GetUtcNow());
            return token;
        }
    }
}

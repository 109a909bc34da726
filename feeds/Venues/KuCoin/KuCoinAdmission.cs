using System;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>
/// The body of <c>POST /api/v1/bullet-public</c>: a token for one connection, and the servers that take it (steps 1
/// and 2).
/// </summary>
internal static class KuCoinAdmission
{
    private const string What = "KuCoin bullet-public";

    public static Admission Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var granted = InstrumentList.Member(document.RootElement, "data", What);
        var token = InstrumentList.Text(granted, "token", What);
        foreach (var server in InstrumentList.Array(granted, "instanceServers", What))
        {
            var endpoint = InstrumentList.Text(server, "endpoint", What);
            var interval = InstrumentList.Member(server, "pingInterval", What);
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("ws" or "wss"))
            {
                throw new FormatException($"{What} names '{endpoint}', which is not an address of a websocket");
            }

            if (interval.ValueKind != JsonValueKind.Number || !interval.TryGetInt32(out var millis) || millis < 1)
            {
                throw new FormatException($"{What} has a pingInterval that is not a count of milliseconds");
            }

            var query = $"token={Uri.EscapeDataString(token)}&connectId={Guid.NewGuid():N}";
            return new Admission(
                new Uri(endpoint + (address.Query.Length == 0 ? "?" : "&") + query), TimeSpan.FromMilliseconds(millis));
        }

        throw new FormatException($"{What} names no server");
    }
}

using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>Encodes what is no market data: errors as whole frames, the rest as events.</summary>
internal static class CoinbaseAdvancedReplies
{
    public static byte[] Error(string message) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    /// <summary>All that a client is subscribed to: products by channel.</summary>
    public static byte[] Subscriptions(IEnumerable<KeyValuePair<string, SortedSet<string>>> channels) =>
        JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("subscriptions");
            foreach (var (name, products) in channels)
            {
                json.WriteStartArray(name);
                foreach (var product in products)
                {
                    json.WriteStringValue(product);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    public static byte[] Heartbeat(DateTimeOffset time, long counter) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("current_time", CoinbaseAdvancedTime.Spaced(time));
        json.WriteNumber("heartbeat_counter", counter);
        json.WriteEndObject();
    });
}

using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>Encodes what is no market data.</summary>
internal static class CoinbaseReplies
{
    /// <param name="message">What failed.</param>
    /// <param name="reason">Why; null leaves it out.</param>
    public static byte[] Error(string message, string? reason) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteString("message", message);
        if (reason is not null)
        {
            json.WriteString("reason", reason);
        }

        json.WriteEndObject();
    });

    /// <summary>All that a client is subscribed to: products by channel.</summary>
    public static byte[] Subscriptions(IEnumerable<KeyValuePair<string, SortedSet<string>>> channels) =>
        JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "subscriptions");
            json.WriteStartArray("channels");
            foreach (var (name, products) in channels)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteStartArray("product_ids");
                foreach (var product in products)
                {
                    json.WriteStringValue(product);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    public static byte[] Heartbeat(string product, long sequence, DateTimeOffset time) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "heartbeat");
        json.WriteNumber("last_trade_id", 20);
        json.WriteString("product_id", product);
        json.WriteNumber("sequence", sequence);
        json.WriteString("time", CoinbaseTime.Text(time));
        json.WriteEndObject();
    });
}

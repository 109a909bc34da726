using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>Encodes answers and heartbeats.</summary>
internal static class CryptocomReplies
{
    /// <summary>An answer to a request.</summary>
    /// <param name="id">The request's id; null when it has none.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="code">0 when all is well.</param>
    /// <param name="channel">Of which of its channels; null of none.</param>
    /// <param name="message">Why not; null when all is well.</param>
    public static byte[] Answer(long? id, string method, int code, string? channel = null, string? message = null) =>
        JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            if (id is { } number)
            {
                json.WriteNumber("id", number);
            }

            json.WriteString("method", method);
            json.WriteNumber("code", code);
            if (channel is not null)
            {
                json.WriteString("channel", channel);
            }

            if (message is not null)
            {
                json.WriteString("message", message);
            }

            json.WriteEndObject();
        });

    /// <summary>What has to be answered.</summary>
    public static byte[] Heartbeat(long id) => Answer(id, "public/heartbeat", 0);
}

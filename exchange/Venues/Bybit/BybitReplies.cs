using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>Encodes the answers of one socket.</summary>
internal sealed class BybitReplies
{
    private readonly string _connection;

    /// <param name="connection">The venue's name of the connection.</param>
    public BybitReplies(string connection) => _connection = connection;

    /// <param name="success">Whether the request is granted.</param>
    /// <param name="message">What was done, or why not.</param>
    /// <param name="requestId">The request's id; null, when it has none, leaves it out, as on spot.</param>
    /// <param name="operation">The request's operation.</param>
    public byte[] Answer(bool success, string message, string? requestId, string operation) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", success);
        json.WriteString("ret_msg", message);
        json.WriteString("conn_id", _connection);
        if (requestId is not null)
        {
            json.WriteString("req_id", requestId);
        }

        json.WriteString("op", operation);
        json.WriteEndObject();
    });
}

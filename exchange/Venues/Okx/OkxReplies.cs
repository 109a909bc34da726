using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>Encodes the answers and notices of one socket.</summary>
internal sealed class OkxReplies
{
    private readonly string _connection;

    /// <param name="connection">The venue's name of the connection, for instance <c>a4d3ae55</c>.</param>
    public OkxReplies(string connection) => _connection = connection;

    /// <param name="happened">subscribe or unsubscribe.</param>
    /// <param name="id">The request's id; null when it has none.</param>
    /// <param name="channel">The argument's channel.</param>
    /// <param name="symbol">The argument's instrument.</param>
    public byte[] Acknowledgement(string happened, string? id, string channel, string symbol) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        if (id is not null)
        {
            json.WriteString("id", id);
        }

        json.WriteString("event", happened);
        json.WriteStartObject("arg");
        json.WriteString("channel", channel);
        json.WriteString("instId", symbol);
        json.WriteEndObject();
        json.WriteString("connId", _connection);
        json.WriteEndObject();
    });

    public byte[] Refusal(string? id, string code, string message) => Event("error", id, code, message);

    /// <summary>The connection ends within a minute.</summary>
    public byte[] UpgradeNotice() => Event(
        "notice", null, "64008", "The connection will soon be closed for a service upgrade. Please reconnect.");

    private byte[] Event(string happened, string? id, string code, string message) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        if (id is not null)
        {
            json.WriteString("id", id);
        }

        json.WriteString("event", happened);
        json.WriteString("code", code);
        json.WriteString("msg", message);
        json.WriteString("connId", _connection);
        json.WriteEndObject();
    });
}

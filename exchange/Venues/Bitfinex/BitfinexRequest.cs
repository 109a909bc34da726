using System.Globalization;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>A request to subscribe, with the venue's own choices where the client makes none.</summary>
/// <param name="Channel">For instance <c>book</c>.</param>
/// <param name="Symbol">With its <c>t</c>, which a client may leave out.</param>
/// <param name="Precision">For instance <c>P0</c>.</param>
/// <param name="Frequency">For instance <c>F0</c>.</param>
/// <param name="Length">Levels a side, as text.</param>
/// <param name="SubId">The client's name of the subscription; null when it gives none.</param>
internal sealed record BitfinexRequest(
    string Channel, string Symbol, string Precision, string Frequency, string Length, string? SubId)
{
    /// <summary>The symbol without its <c>t</c>.</summary>
    public string Pair => Symbol.Length == 0 ? Symbol : Symbol[1..];

    public static BitfinexRequest Read(JsonElement frame)
    {
        var symbol = Text(frame, "symbol") ?? Text(frame, "pair") ?? string.Empty;
        return new BitfinexRequest(
            Text(frame, "channel") ?? string.Empty,
            symbol.Length == 0 || symbol[0] == 't' ? symbol : "t" + symbol,
            Text(frame, "prec") ?? "P0",
            Text(frame, "freq") ?? "F0",
            Text(frame, "len") ?? "25",
            Text(frame, "subId"));
    }

    /// <summary>Levels a side; 0 for what is no number.</summary>
    public int Levels =>
        int.TryParse(Length, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) ? levels : 0;

    /// <summary>What is subscribed to, as answers repeat it.</summary>
    public void WriteSubject(Utf8JsonWriter json)
    {
        json.WriteString("symbol", Symbol);
        if (Channel == "book")
        {
            json.WriteString("prec", Precision);
            json.WriteString("freq", Frequency);
            json.WriteString("len", Length);
        }
    }

    /// <summary>A text, or the text of a number.</summary>
    private static string? Text(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out var found) ? null
        : found.ValueKind == JsonValueKind.String ? found.GetString()
        : found.ValueKind == JsonValueKind.Number ? found.GetRawText()
        : null;
}

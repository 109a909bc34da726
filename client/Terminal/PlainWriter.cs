using System.Buffers;
using System.Globalization;
using System.Text;
using Google.Protobuf.Collections;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Quotes;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// One line of text per quote: number of the quote, best bid and best ask (venue, amount, price), spread, levels of the
/// sides. Columns keep their place and their order; a missing value is <c>-</c>, so that splitting at blanks works.
/// </summary>
internal sealed class PlainWriter : IQuoteWriter
{
    private readonly StringBuilder _line = new();
    private long _number;

    /// <inheritdoc/>
    public void Write(Summary quote, IBufferWriter<byte> line)
    {
        var culture = CultureInfo.InvariantCulture;
        var spread = Spread.Of(quote);
        var absolute = spread is { } known ? NumberText.Exact(known.Absolute) : "-";
        var basisPoints = spread?.BasisPoints is { } points ? NumberText.Fixed(points, 3) : "-";
        var state = spread switch
        {
            { IsCrossed: true } => " crossed",
            { IsLocked: true } => " locked",
            _ => "",
        };

        _line.Clear();
        _line.Append(culture, $"{++_number,8}");
        AppendBest("bid", quote.Bids);
        AppendBest("ask", quote.Asks);
        _line.Append(culture, $"  spread {absolute,10} {basisPoints,9} bps");
        _line.Append(culture, $"  levels {quote.Bids.Count,2} {quote.Asks.Count,2}{state}\n");
        Encoding.UTF8.GetBytes(_line.ToString(), line);
    }

    private void AppendBest(string side, RepeatedField<Level> levels)
    {
        var (venue, amount, price) = levels.Count == 0
            ? ("-", "-", "-")
            : (Venue(levels[0].Exchange), NumberText.Exact(levels[0].Amount), NumberText.Exact(levels[0].Price));
        _line.Append(CultureInfo.InvariantCulture, $"  {side} {venue,-17} {amount,14} {price,14}");
    }

    private static string Venue(string name) => name.Length == 0 ? "?" : Printable.Line(name).Replace(' ', '_');
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>Collects the symbols of a recording and how fine their numbers are.</summary>
internal sealed class ShownListings
{
    private readonly Dictionary<string, ShownListing> _listings = [];
    private readonly bool _trailingZerosCount;

    /// <param name="trailingZerosCount">Whether a venue prints exactly the declared decimals.</param>
    public ShownListings(bool trailingZerosCount) => _trailingZerosCount = trailingZerosCount;

    /// <summary>The symbols seen, in alphabetical order.</summary>
    public IEnumerable<ShownListing> All => _listings.Values.OrderBy(listing => listing.Symbol, StringComparer.Ordinal);

    /// <summary>Notes a side of a book: rows of <c>[price, size]</c>, or objects with the two names.</summary>
    public void AddRows(string symbol, JsonElement parent, string side, string price = "", string size = "")
    {
        if (parent.ValueKind != JsonValueKind.Object
            || !parent.TryGetProperty(side, out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind == JsonValueKind.Array && row.GetArrayLength() >= 2)
            {
                Add(symbol, Decimals(row[0]), Decimals(row[1]));
            }
            else if (row.ValueKind == JsonValueKind.Object
                && row.TryGetProperty(price, out var shownPrice) && row.TryGetProperty(size, out var shownSize))
            {
                Add(symbol, Decimals(shownPrice), Decimals(shownSize));
            }
        }
    }

    /// <summary>Notes a symbol of which no number is shown.</summary>
    public void AddSymbol(string symbol) => Add(symbol, 0, 0);

    private void Add(string symbol, int price, int quantity)
    {
        var before = _listings.GetValueOrDefault(symbol) ?? new ShownListing(symbol, 0, 0);
        _listings[symbol] = before with
        {
            PriceDecimals = Math.Max(before.PriceDecimals, price),
            QuantityDecimals = Math.Max(before.QuantityDecimals, quantity),
        };
    }

    private int Decimals(JsonElement number)
    {
        var text = number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText();
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return 0;
        }

        return (_trailingZerosCount ? text.Length : text.TrimEnd('0').Length) - point - 1;
    }
}

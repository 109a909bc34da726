using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Tests;

/// <summary>The plainest possible book: price text and size text by price, no code shared with the exchange.</summary>
internal sealed class TestBook
{
    private readonly SortedDictionary<decimal, (string Price, string Size)> _bids =
        new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));

    private readonly SortedDictionary<decimal, (string Price, string Size)> _asks = [];

    /// <summary>Best first.</summary>
    public IReadOnlyList<(string Price, string Size)> Bids => [.. _bids.Values];

    /// <summary>Best first.</summary>
    public IReadOnlyList<(string Price, string Size)> Asks => [.. _asks.Values];

    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && _bids.Keys.First() >= _asks.Keys.First();

    public decimal BestBid => _bids.Keys.First();

    public decimal BestAsk => _asks.Keys.First();

    public void Apply(JsonElement bids, JsonElement asks)
    {
        Apply(_bids, bids);
        Apply(_asks, asks);
    }

    /// <summary>Bitfinex's rows: price, count, amount, whose sign names the side; count 0 deletes.</summary>
    public void ApplySigned(IReadOnlyList<JsonElement> rows)
    {
        foreach (var row in rows)
        {
            var side = row[2].GetDecimal() < 0 ? _asks : _bids;
            if (row[1].GetInt32() == 0)
            {
                side.Remove(row[0].GetDecimal());
            }
            else
            {
                side[row[0].GetDecimal()] = (row[0].GetRawText(), row[2].GetRawText());
            }
        }
    }

    public void Apply(bool isBid, string price, string size) => Apply(isBid ? _bids : _asks, price, size);

    public void Cut(int depth)
    {
        foreach (var price in _bids.Keys.Skip(depth).ToList())
        {
            _bids.Remove(price);
        }

        foreach (var price in _asks.Keys.Skip(depth).ToList())
        {
            _asks.Remove(price);
        }
    }

    /// <summary>Kraken's checksum from the text as it came over the wire.</summary>
    public uint Checksum()
    {
        var text = new StringBuilder();
        foreach (var (price, size) in _asks.Values.Take(10).Concat(_bids.Values.Take(10)))
        {
            text.Append(Digits(price)).Append(Digits(size));
        }

        return Crc32(Encoding.ASCII.GetBytes(text.ToString()));
    }

    /// <summary>OKX's and Bitfinex's checksum from the text as it came over the wire.</summary>
    public int InterleavedChecksum()
    {
        var parts = new List<string>();
        for (var rank = 0; rank < 25; rank++)
        {
            foreach (var (price, size) in _bids.Values.Skip(rank).Take(1).Concat(_asks.Values.Skip(rank).Take(1)))
            {
                parts.Add($"{price}:{size}");
            }
        }

        return unchecked((int)Crc32(Encoding.ASCII.GetBytes(string.Join(':', parts))));
    }

    private static string Digits(string number) =>
        number.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
            }
        }

        return ~crc;
    }

    private static void Apply(SortedDictionary<decimal, (string Price, string Size)> side, JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray())
        {
            var (price, size) = row.ValueKind == JsonValueKind.Array
                ? (row[0].GetString()!, row[1].GetString()!)
                : (row.GetProperty("price").GetRawText(), row.GetProperty("qty").GetRawText());
            Apply(side, price, size);
        }
    }

    private static void Apply(
        SortedDictionary<decimal, (string Price, string Size)> side, string price, string size)
    {
        var key = decimal.Parse(price, CultureInfo.InvariantCulture);
        if (decimal.Parse(size, CultureInfo.InvariantCulture) == 0)
        {
            side.Remove(key);
        }
        else
        {
            side[key] = (price, size);
        }
    }
}

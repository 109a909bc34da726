using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>
/// One book by the venues' documented procedures: sorted dictionaries of decimals, updates kept until a snapshot
/// reaches them, a checksum over text.
/// </summary>
internal sealed class SlowBook(ChainRule rule, SnapshotSource source, int window = 0)
{
    private readonly List<SlowMessage> _pending = [];
    private bool _follows;   // an update was applied since the snapshot
    private int _priceDigits;
    private int _quantityDigits;
    private bool _isOdd;   // a number was spelled as the venue does not: its checksum cannot be made again

    public SortedDictionary<decimal, decimal> Bids { get; } = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));

    public SortedDictionary<decimal, decimal> Asks { get; } = [];

    public bool IsLive { get; private set; }

    public long LastUpdateId { get; private set; }

    /// <summary>True where the checksum is over JSON numbers as JavaScript prints them, asks negative.</summary>
    public bool ProvesNumbers { get; init; }

    /// <summary>Decimal digits that the venue declares.</summary>
    public (int Price, int Quantity) Declared { get; set; }

    /// <summary>Decimal digits in use since the last snapshot.</summary>
    public (int Price, int Quantity) Digits => (_priceDigits, _quantityDigits);

    public void Take(SlowMessage message)
    {
        _isOdd = (_isOdd && message.Kind != EventKind.Snapshot) || message.Bids.Concat(message.Asks).Any(l => l.IsOdd);
        switch (message.Kind)
        {
            case EventKind.Snapshot:
                TakeSnapshot(message);
                break;
            case EventKind.Update:
                TakeUpdate(message);
                break;
        }
    }

    /// <summary>Something of the book is lost.</summary>
    public void Doubt() => IsLive = false;

    /// <summary>The digits that the venue's checksum is made of.</summary>
    public uint Checksum() => Crc(Encoding.ASCII.GetBytes(
        ProvesNumbers ? InterleavedNumbers() : rule == ChainRule.Linked ? InterleavedText() : DigitText()));

    /// <summary>A number as JavaScript prints it.</summary>
    public static string NumberText(decimal value)
    {
        var text = value.ToString("0.##################", CultureInfo.InvariantCulture);
        if (value == 0 || value >= 0.000001m)
        {
            return text;
        }

        var digits = text[2..].TrimStart('0');
        var exponent = text.Length - 2 - digits.Length + 1;
        var fraction = digits.Length == 1 ? "" : "." + digits[1..];
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e-{exponent}");
    }

    private string InterleavedNumbers()
    {
        var parts = new List<string>();
        for (var rank = 0; rank < 25; rank++)
        {
            parts.AddRange(Bids.Skip(rank).Take(1).Select(
                level => $"{NumberText(level.Key)}:{NumberText(level.Value)}"));
            parts.AddRange(Asks.Skip(rank).Take(1).Select(
                level => $"{NumberText(level.Key)}:-{NumberText(level.Value)}"));
        }

        return string.Join(':', parts);
    }

    private string InterleavedText()
    {
        var parts = new List<string>();
        for (var rank = 0; rank < 25; rank++)
        {
            foreach (var (price, quantity) in Bids.Skip(rank).Take(1).Concat(Asks.Skip(rank).Take(1)))
            {
                parts.Add(price.ToString("0.##################", CultureInfo.InvariantCulture));
                parts.Add(quantity.ToString("0.##################", CultureInfo.InvariantCulture));
            }
        }

        return string.Join(':', parts);
    }

    private string DigitText()
    {
        var text = new StringBuilder();
        foreach (var (price, quantity) in Asks.Take(10).Concat(Bids.Take(10)))
        {
            text.Append(Printed(price, _priceDigits)).Append(Printed(quantity, _quantityDigits));
        }

        return text.ToString();
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = ~0U;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static string Printed(decimal value, int digits) => value
        .ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        .Replace(".", "", StringComparison.Ordinal).TrimStart('0');

    private void TakeSnapshot(SlowMessage message)
    {
        if (IsLive && source == SnapshotSource.Rest && !message.IsPushed)
        {
            return;
        }

        Bids.Clear();
        Asks.Clear();
        (_priceDigits, _quantityDigits) = Declared;
        if (!TryApply(message))
        {
            return;
        }

        for (var index = 0; index < _pending.Count; index++)
        {
            var update = _pending[index];
            if (IsOld(update))
            {
                continue;
            }

            if (IsGap(update))
            {
                _pending.RemoveRange(0, index);
                return;
            }

            TryApply(update);
        }

        _pending.Clear();
        IsLive = true;
    }

    private void TakeUpdate(SlowMessage message)
    {
        if (!IsLive)
        {
            if (source == SnapshotSource.Rest)
            {
                _pending.Add(message);
            }

            return;
        }

        if (IsOld(message))
        {
            return;
        }

        if (IsGap(message))
        {
            IsLive = false;
            if (source == SnapshotSource.Rest)
            {
                _pending.Add(message);
            }

            return;
        }

        TryApply(message);
    }

    private bool IsOld(SlowMessage update) => rule switch
    {
        ChainRule.None => false,
        ChainRule.Linked => LastUpdateId != 0 && update.First != LastUpdateId && update.Last == LastUpdateId,
        ChainRule.Successive => update.Last == LastUpdateId,
        ChainRule.Consecutive when _follows => false,
        _ => update.Last <= LastUpdateId,
    };

    private bool IsGap(SlowMessage update) => rule switch
    {
        ChainRule.Contiguous => update.First > LastUpdateId + 1,
        ChainRule.Consecutive => _follows ? update.First != LastUpdateId + 1 : update.First > LastUpdateId + 1,
        ChainRule.Linked => LastUpdateId != 0 && update.First != LastUpdateId,
        ChainRule.Successive => update.Last != LastUpdateId + 1,
        _ => false,
    };

    private bool TryApply(SlowMessage message)
    {
        Set(Bids, message.Bids);
        Set(Asks, message.Asks);
        LastUpdateId = message.Last;
        _follows = message.Kind == EventKind.Update;
        var isComparable = !_isOdd || !(rule == ChainRule.Linked || ProvesNumbers);
        if (message.Checksum is { } expected && isComparable && Checksum() != expected)
        {
            IsLive = false;
            return false;
        }

        return true;
    }

    private void Set(SortedDictionary<decimal, decimal> side, List<SlowLevel> levels)
    {
        foreach (var level in levels)
        {
            _priceDigits = Math.Max(_priceDigits, level.PriceDigits);
            _quantityDigits = Math.Max(_quantityDigits, level.QuantityDigits);
            if (level.Quantity == 0)
            {
                side.Remove(level.Price);
            }
            else
            {
                side[level.Price] = level.Quantity;
            }
        }

        while (window != 0 && side.Count > window)
        {
            side.Remove(side.Keys.Last());
        }
    }
}

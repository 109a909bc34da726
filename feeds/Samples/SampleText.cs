using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Samples;

/// <summary>How numbers and levels are written. Cold.</summary>
internal static class SampleText
{
    /// <summary>A scaled number with at least so many digits behind the point.</summary>
    public static string Number(long value, int scale, int digits = 0)
    {
        var power = 1L;
        for (var digit = 0; digit < scale; digit++)
        {
            power *= 10;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{value / power}.")
            + (value % power).ToString(CultureInfo.InvariantCulture).PadLeft(scale, '0');
        return text + new string('0', digits > scale ? digits - scale : 0);
    }

    /// <summary>The same without trailing zeros, and without the point when nothing stands behind it.</summary>
    public static string Stripped(long value, int scale) => ScaledText.Format(value, scale);

    /// <summary>
    /// Levels of <see cref="Stripped(long, int)"/> numbers, as <c>["price","quantity"],...</c>, with a fixed text
    /// behind each quantity.
    /// </summary>
    public static string Stripped(
        SampleBook book, IEnumerable<KeyValuePair<long, long>> levels, string tail = "") =>
        string.Join(',', levels.Select(level =>
            $"[\"{Stripped(level.Key, book.PriceScale)}\",\"{Stripped(level.Value, book.QuantityScale)}\"{tail}]"));

    /// <summary>The levels of one side of an update, as <c>["price","quantity"],...</c>.</summary>
    public static string Quoted(SampleBook book, IReadOnlyList<SampleChange> changes, Side side, int digits = 0) =>
        Quoted(book, Of(changes, side), digits);

    /// <summary>The changes of one side as levels.</summary>
    public static IEnumerable<KeyValuePair<long, long>> Of(IReadOnlyList<SampleChange> changes, Side side) =>
        from change in changes
        where change.Side == side
        select new KeyValuePair<long, long>(change.Price, change.Quantity);

    /// <summary>Levels as <c>["price","quantity"],...</c>.</summary>
    public static string Quoted(SampleBook book, IEnumerable<KeyValuePair<long, long>> levels, int digits = 0)
    {
        var text = new StringBuilder();
        foreach (var (price, quantity) in levels)
        {
            text.Append(text.Length == 0 ? "" : ",")
                .Append("[\"").Append(Number(price, book.PriceScale, digits))
                .Append("\",\"").Append(Number(quantity, book.QuantityScale, digits)).Append("\"]");
        }

        return text.ToString();
    }
}

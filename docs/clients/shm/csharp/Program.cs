using System;
using System.Globalization;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Shm;

namespace LowLatencyQuoter.Quotes;

/// <summary>
/// Prints quotes from shared memory, a JSON object a line: the latest of each instrument, every change that the ring
/// holds, or every change from now on. The last line tells of the writer.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    public static int Main(string[] words)
    {
        if (words is not [var name, "latest" or "changes" or "watch"])
        {
            Console.Error.WriteLine("usage: quotes NAME latest|changes|watch");
            return 2;
        }

        try
        {
            using var quotes = SharedQuotes.Open(name);
            Print(quotes, words[1]);
            var writer = quotes.CheckWriter(Silence).ToString().ToLowerInvariant();
            Console.WriteLine(
                $$"""{"writer":"{{writer}}","pid":{{quotes.WriterPid}}"""
                + $$""","epoch":{{quotes.Epoch}},"missed":{{quotes.Missed}}}""");
            return 0;
        }
        catch (SharedFileException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Print(SharedQuotes quotes, string verb)
    {
        var quote = quotes.MakeQuote();
        if (verb == "latest")
        {
            foreach (var instrument in quotes.ReadInstruments())
            {
                if (quotes.ReadLatest(instrument.Place, quote) == SharedRead.Quote)
                {
                    Print(quotes, quote);
                }
            }

            return;
        }

        if (verb == "changes")
        {
            quotes.StartAtOldest();
        }

        var last = quotes.Cursor;
        while (true)
        {
            if (quotes.ReadNext(quote) == SharedRead.Quote)
            {
                Print(quotes, quote);
                if (verb == "changes" && quote.Change >= last)
                {
                    return;
                }
            }
            else if (verb == "changes" || quotes.CheckWriter(Silence) >= WriterState.Dead)
            {
                return;
            }
            else
            {
                Thread.Sleep(1);
            }
        }
    }

    private static void Print(SharedQuotes quotes, SharedQuote quote)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""{"instrument":"{{NameOf(quotes, quote)}}","sequence":{{quote.Sequence}},"change":{{quote.Change}}""");
        text.Append(
            CultureInfo.InvariantCulture,
            $$""","epoch":{{quote.Epoch}},"crossed":{{(quote.IsCrossed ? "true" : "false")}},"bids":[""");
        Append(text, quotes, quote, quote.Bids);
        text.Append("],\"asks\":[");
        Append(text, quotes, quote, quote.Asks);
        Console.WriteLine(text.Append("]}"));
    }

    private static string NameOf(SharedQuotes quotes, SharedQuote quote)
    {
        foreach (var instrument in quotes.ReadInstruments())
        {
            if (instrument.Place == quote.Place && instrument.Generation == quote.Generation)
            {
                return instrument.Name;
            }
        }

        return "";
    }

    private static void Append(
        StringBuilder text, SharedQuotes quotes, SharedQuote quote, ReadOnlySpan<SharedRow> rows)
    {
        for (var index = 0; index < rows.Length; index++)
        {
            var row = rows[index];
            text.Append(index == 0 ? "[\"" : ",[\"")
                .Append(quotes.Venues[quote.Venues[row.Member].Venue])
                .Append("\",\"")
                .Append(Text(row.Price, quote.PriceScale))
                .Append("\",\"")
                .Append(Text(row.Quantity, quote.QuantityScale))
                .Append("\"]");
        }
    }

    /// <summary>An integer with its point in the right place, exactly.</summary>
    private static string Text(long value, int scale)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : digits[..^scale] + "." + digits[^scale..];
        return value < 0 ? "-" + text : text;
    }
}

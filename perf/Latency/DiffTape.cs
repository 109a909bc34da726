using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// The traffic of one venue, printed before anything is measured: a snapshot, and diffs that are sent again and again.
/// Diffs are printed as Binance prints them, all of one length; event time and update ids have a fixed width and are
/// written over when a frame is sent. Levels lie five ticks apart, venues on different ticks, so that the best levels
/// of up to ten venues are the ten best rows; every diff gives the best levels new quantities, so every diff is quoted.
/// Of the other levels 80 % lie near the best one, the rest up to 200 levels away; a quarter deletes. Immutable.
/// </summary>
internal sealed class DiffTape
{
    /// <summary>The venues' spelling of the one instrument.</summary>
    public const string Symbol = "BTCUSDT";

    /// <summary>Decimals of prices and quantities as printed.</summary>
    public const int Decimals = 8;

    /// <summary>
    /// The snapshot's update id; the first diff has the next one. Wide, so that it never grows a digit.
    /// </summary>
    public const long FirstUpdateId = 100_000_000_000;

    /// <summary>
    /// Event times are this and the message's number, in microseconds; quotes carry the number out again.
    /// </summary>
    public const long FirstEventMicros = 100_000_000_000_000;

    /// <summary>
    /// In a numbered tape the best bid's quantity is this and the message's number in its decimals, so that who only
    /// sees quotes knows which message they show. All other quantities are smaller.
    /// </summary>
    public const int NumberedAmount = 1_000_000;

    /// <summary>Venues whose best levels fit the ten rows of a quote.</summary>
    public const int VenuesMax = 10;

    private const int TicksApart = 5;
    private const int Far = 200;
    private const long MidTicks = 6_000_000;   // 60,000.00
    private readonly byte[] _frames;

    private DiffTape(byte[] frames, int frameLength, byte[] snapshot, DiffOffsets offsets)
    {
        _frames = frames;
        FrameLength = frameLength;
        Snapshot = snapshot;
        Offsets = offsets;
    }

    /// <summary>Bytes of each diff.</summary>
    public int FrameLength { get; }

    /// <summary>Count of different diffs.</summary>
    public int Count => _frames.Length / FrameLength;

    /// <summary>The body of the REST snapshot.</summary>
    public byte[] Snapshot { get; }

    /// <summary>Where the numbers stand that change with each sending.</summary>
    public DiffOffsets Offsets { get; }

    /// <summary>One diff.</summary>
    public ReadOnlySpan<byte> this[int index] => _frames.AsSpan(index * FrameLength, FrameLength);

    /// <summary>Prints the traffic of a venue.</summary>
    /// <param name="venue">Its number; it decides the ticks and the random choices.</param>
    /// <param name="count">How many different diffs, at least 2.</param>
    /// <param name="levels">Levels of a diff, both sides together: even, 2 to 200.</param>
    /// <param name="depth">Levels a side of the book, more than <paramref name="levels"/>.</param>
    /// <param name="numbered">True to carry the message's number in the best bid's quantity.</param>
    public static DiffTape Print(int venue, int count, int levels = 20, int depth = 1_000, bool numbered = false)
    {
        var random = new Random(1_000 + venue);
        var text = new StringBuilder();
        var frameLength = 0;
        var offsets = default(DiffOffsets);
        for (var index = 0; index < count; index++)
        {
            var from = text.Length;
            AppendDiff(text, venue, index, levels / 2, random, numbered, ref offsets);
            frameLength = text.Length - from;
        }

        var frames = Encoding.ASCII.GetBytes(text.ToString());
        return new DiffTape(frames, frameLength, Encoding.ASCII.GetBytes(PrintSnapshot(venue, depth, random)), offsets);
    }

    private static void AppendDiff(
        StringBuilder text, int venue, int index, int sideLevels, Random random, bool numbered, ref DiffOffsets offsets)
    {
        var from = text.Length;
        text.Append("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":");
        var eventTime = text.Length - from;
        text.Append(FirstEventMicros).Append(",\"s\":\"").Append(Symbol).Append("\",\"U\":");
        var first = text.Length - from;
        text.Append(FirstUpdateId).Append(",\"u\":");
        var last = text.Length - from;
        text.Append(FirstUpdateId).Append(",\"b\":[");
        var amount = AppendSide(text, venue, -1, index, sideLevels, random, numbered) - from;
        text.Append("],\"a\":[");
        AppendSide(text, venue, 1, index, sideLevels, random, false);
        text.Append("]}}");
        offsets = new DiffOffsets(eventTime, first, last, numbered ? amount : 0);
    }

    // returns where the decimals of the best quantity stand
    private static int AppendSide(
        StringBuilder text, int venue, int sign, int index, int count, Random random, bool numbered)
    {
        var near = Math.Max(20, 2 * count);
        var places = new SortedSet<int>();
        while (places.Count < count - 1)
        {
            places.Add(random.Next(5) != 0 ? random.Next(1, near + 1) : random.Next(near + 1, near + Far));
        }

        // even and odd diffs never agree, and a tape has an even count: the best quantity is always a new one
        AppendLevel(text, venue, sign, 0, (2 * random.Next(1, 400_000)) + (index & 1), numbered ? NumberedAmount : 0);
        var amount = text.Length - Decimals - "\"]".Length;
        foreach (var place in places)
        {
            text.Append(',');
            AppendLevel(text, venue, sign, place, random.Next(4) == 0 ? 0 : random.Next(1, 900_000));
        }

        return amount;
    }

    private static string PrintSnapshot(int venue, int depth, Random random)
    {
        var text = new StringBuilder();
        text.Append("{\"lastUpdateId\":").Append(FirstUpdateId).Append(",\"bids\":[");
        for (var side = -1; side <= 1; side += 2)
        {
            for (var place = 0; place < depth; place++)
            {
                text.Append(place == 0 ? "" : ",");
                AppendLevel(text, venue, side, place, random.Next(1, 900_000));
            }

            text.Append(side < 0 ? "],\"asks\":[" : "]}");
        }

        return text.ToString();
    }

    private static void AppendLevel(StringBuilder text, int venue, int sign, int place, int quantity, int whole = 0)
    {
        var ticks = MidTicks + (sign * (1 + (venue % TicksApart) + (TicksApart * place)));
        text.Append(CultureInfo.InvariantCulture, $"[\"{ticks / 100}.{ticks % 100:00}000000\",");
        whole = whole == 0 ? quantity / 100_000 : whole;
        text.Append(CultureInfo.InvariantCulture, $"\"{whole}.{quantity % 100_000:00000}000\"]");
    }
}

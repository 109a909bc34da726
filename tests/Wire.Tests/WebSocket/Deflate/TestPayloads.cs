using System;
using System.Globalization;
using System.Text;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;

/// <summary>
/// Bytes of the kinds that the suite compresses, made here: the same at each run, about 200 KiB each. A message is the
/// next so many of them, around the end to the beginning.
/// </summary>
internal sealed class TestPayloads
{
    private const int Length = 200 * 1024;

    private readonly byte[] _bytes;
    private int _at;

    private TestPayloads(string name, bool isText, byte[] bytes) => (Name, IsText, _bytes) = (name, isText, bytes);

    public string Name { get; }

    public bool IsText { get; }

    /// <summary>Updates of a book, as venues send them.</summary>
    public static TestPayloads Json()
    {
        var random = new Random(1);
        return OfText("JSON", isText: true, text => text
            .Append(CultureInfo.InvariantCulture, $"{{\"e\":\"depthUpdate\",\"u\":{random.Next()},\"b\":[[\"")
            .Append(CultureInfo.InvariantCulture, $"{60_000 + (random.Next(9_000) / 100.0):F2}\",\"")
            .Append(CultureInfo.InvariantCulture, $"{random.NextDouble():F8}\"]]}}\n"));
    }

    /// <summary>Gray values that change slowly, with noise.</summary>
    public static TestPayloads Bitmap()
    {
        var random = new Random(2);
        var bytes = new byte[Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(128 + (100 * Math.Sin(i % 512 / 80.0) * Math.Cos(i / 512 / 60.0)) + random.Next(6));
        }

        return new("bitmap", isText: false, bytes);
    }

    /// <summary>Made-up German, umlauts in UTF-8.</summary>
    public static TestPayloads Prose()
    {
        var random = new Random(3);
        string[] syllables =
        [
            "ge", "ben", "\u00fcber", "t\u00e4", "lich", "keit", "der", "das", "wo", "hin", "sch\u00f6n", "\u00df",
        ];
        return OfText("prose", isText: false, text =>
        {
            for (var i = 1 + random.Next(4); i > 0; i--)
            {
                text.Append(syllables[random.Next(syllables.Length)]);
            }

            text.Append(random.Next(9) == 0 ? ",\n" : " ");
        });
    }

    /// <summary>Rows of a table with attributes.</summary>
    public static TestPayloads Html()
    {
        var random = new Random(4);
        return OfText("HTML", isText: true, text => text
            .Append(CultureInfo.InvariantCulture, $"<tr class=\"{(random.Next(2) == 0 ? "odd" : "even")}\">")
            .Append(CultureInfo.InvariantCulture, $"<td id=\"c{random.Next(999)}\">{random.Next()}</td></tr>\r\n"));
    }

    /// <summary>What is compressed already, between short headings.</summary>
    public static TestPayloads Document()
    {
        var random = new Random(5);
        var bytes = new byte[Length];
        random.NextBytes(bytes);
        for (var at = 0; at + 64 < bytes.Length; at += 4096)
        {
            Encoding.ASCII.GetBytes("endstream endobj 7 0 obj <</Length 4032>> stream", bytes.AsSpan(at));
        }

        return new("document", isText: false, bytes);
    }

    public byte[] Next(int count)
    {
        var message = new byte[count];
        for (var done = 0; done < count;)
        {
            var part = Math.Min(count - done, _bytes.Length - _at);
            _bytes.AsSpan(_at, part).CopyTo(message.AsSpan(done));
            done += part;
            _at = (_at + part) % _bytes.Length;
        }

        return message;
    }

    private static TestPayloads OfText(string name, bool isText, Action<StringBuilder> append)
    {
        var text = new StringBuilder();
        while (text.Length < Length)
        {
            append(text);
        }

        return new(name, isText, Encoding.UTF8.GetBytes(text.ToString()));
    }
}

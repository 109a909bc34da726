using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace LowLatencyQuoter.Exchange.Tests.Playback;

/// <summary>Reads recordings a second time, by other means than the exchange: text, regular expressions.</summary>
internal static partial class RecordedFiles
{
    /// <summary>The file's bytes, unpacked.</summary>
    public static byte[] Bytes(string file)
    {
        using var stream = File.OpenRead(file);
        using var unpacked = new MemoryStream();
        if (stream.ReadByte() == 0x1f)
        {
            stream.Position = 0;
            using var zip = new GZipStream(stream, CompressionMode.Decompress);
            zip.CopyTo(unpacked);
        }
        else
        {
            stream.Position = 0;
            stream.CopyTo(unpacked);
        }

        return unpacked.ToArray();
    }

    /// <summary>The frames of one recording in the order of their times.</summary>
    public static IReadOnlyList<byte[]> Frames(IReadOnlyList<string> files)
    {
        var frames = new List<(decimal Time, byte[] Payload)>();
        foreach (var file in files)
        {
            var text = Encoding.UTF8.GetString(Bytes(file));
            frames.AddRange(text.StartsWith("CBCAP1", StringComparison.Ordinal) ? Counted(text) : Lines(text));
        }

        return [.. frames.OrderBy(frame => frame.Time).Select(frame => frame.Payload)];
    }

    private static IEnumerable<(decimal Time, byte[] Payload)> Counted(string text)
    {
        var lines = text.Split('\n');
        for (var i = 1; i + 1 < lines.Length; i += 2)
        {
            var stamp = lines[i].Split(' ');
            var payload = Encoding.UTF8.GetBytes(lines[i + 1]);
            if (payload.Length != int.Parse(stamp[1], CultureInfo.InvariantCulture))
            {
                throw new InvalidDataException($"line {i + 1} announces {stamp[1]} bytes, {payload.Length} follow");
            }

            yield return (decimal.Parse(stamp[0], CultureInfo.InvariantCulture), payload);
        }
    }

    private static IEnumerable<(decimal Time, byte[] Payload)> Lines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var match = Received().Match(line);
            if (match.Success && !match.Groups["body"].Value.StartsWith("{\"lastUpdateId\"", StringComparison.Ordinal))
            {
                yield return (
                    decimal.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture),
                    Encoding.UTF8.GetBytes(match.Groups["body"].Value));
            }
        }
    }

    [GeneratedRegex(@"^(?<time>[\d.]+):? (?<body>.*)$")]
    private static partial Regex Received();
}

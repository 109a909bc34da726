using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>
/// HdrHistogram's V2 encoding, plain and compressed. All integers are big-endian.
/// <code>
/// compressed  int cookie, int length, then zlib of the plain form
/// plain       int cookie, int payload length, int index offset (0), int significant digits,
///             long lowest, long highest, double ratio (1), then the counts from index 0 up to the last one in use:
///             zigzag integers, where a negative one stands for so many empty counters
/// </code>
/// Values that were out of range lie in the outermost buckets; how many they were is not part of the format.
/// </summary>
public static class HistogramEncoding
{
    private const int PlainCookie = 0x1c849313;
    private const int CompressedCookie = 0x1c849314;
    private const int WordSizeBits = 0xf0;   // the cookie's bits that name a word size, 1 for varying
    private const int HeaderBytes = 40;
    private const int CompressedHeaderBytes = 8;

    /// <summary>The plain form.</summary>
    public static byte[] Encode(Histogram histogram)
    {
        var counts = histogram.Counts[..(histogram.Counts.LastIndexOfAnyExcept(0L) + 1)];
        var bytes = new byte[HeaderBytes + (counts.Length * ZigZag.MaxBytes)];
        var length = HeaderBytes;
        for (var index = 0; index < counts.Length; index++)
        {
            var empty = Math.Max(counts[index..].IndexOfAnyExcept(0L), 0);
            length += ZigZag.Write(bytes.AsSpan(length), empty > 1 ? -empty : counts[index]);
            index += Math.Max(empty - 1, 0);
        }

        var header = bytes.AsSpan(0, HeaderBytes);
        BinaryPrimitives.WriteInt32BigEndian(header, PlainCookie);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], length - HeaderBytes);
        BinaryPrimitives.WriteInt32BigEndian(header[12..], histogram.Layout.SignificantDigits);
        BinaryPrimitives.WriteInt64BigEndian(header[16..], histogram.Layout.LowestDiscernible);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], histogram.Layout.HighestTrackable);
        BinaryPrimitives.WriteDoubleBigEndian(header[32..], 1.0);
        return bytes[..length];
    }

    /// <summary>The compressed form, which logs carry as base64.</summary>
    public static byte[] EncodeCompressed(Histogram histogram)
    {
        using var target = new MemoryStream();
        target.Write(stackalloc byte[CompressedHeaderBytes]);
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encode(histogram));
        }

        var bytes = target.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - CompressedHeaderBytes);
        return bytes;
    }

    /// <summary>Reads either form.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such histogram; what is wrong with them.</exception>
    public static Histogram Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < CompressedHeaderBytes)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are too few for a histogram: the log is cut off");
        }

        var cookie = BinaryPrimitives.ReadInt32BigEndian(bytes) | WordSizeBits;
        if (cookie == (PlainCookie | WordSizeBits))
        {
            using var plain = new MemoryStream(bytes.ToArray());
            return DecodePlain(plain);
        }

        if (cookie != (CompressedCookie | WordSizeBits))
        {
            throw new InvalidDataException(
                $"no histogram in the V2 encoding: it begins with 0x{BinaryPrimitives.ReadInt32BigEndian(bytes):x8}");
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
        var rest = bytes[CompressedHeaderBytes..];
        if (length < 0 || length > rest.Length)
        {
            throw new InvalidDataException($"the histogram says {length} compressed bytes, {rest.Length} are there");
        }

        using var zlib = new ZLibStream(new MemoryStream(rest[..length].ToArray()), CompressionMode.Decompress);
        return DecodePlain(zlib);
    }

    private static Histogram DecodePlain(Stream source)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        ReadWhole(source, header);
        if ((BinaryPrimitives.ReadInt32BigEndian(header) | WordSizeBits) != (PlainCookie | WordSizeBits))
        {
            throw new InvalidDataException("the compressed part does not begin with a V2 histogram's cookie");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[8..]) != 0
            || BinaryPrimitives.ReadDoubleBigEndian(header[32..]) is not 1.0)
        {
            throw new InvalidDataException(
                "the histogram's values are shifted or scaled (index offset, ratio): write an unshifted integer one");
        }

        var histogram = new Histogram(Layout(header));
        var payloadLength = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (payloadLength < 0 || payloadLength > (long)histogram.Layout.CountsLength * ZigZag.MaxBytes)
        {
            throw new InvalidDataException(
                $"the histogram says {payloadLength} bytes of counts for {histogram.Layout.CountsLength} counters");
        }

        var payload = new byte[payloadLength];
        ReadWhole(source, payload);
        Fill(histogram, payload);
        return histogram;
    }

    private static HistogramLayout Layout(ReadOnlySpan<byte> header)
    {
        try
        {
            return new HistogramLayout(
                BinaryPrimitives.ReadInt64BigEndian(header[16..]),
                BinaryPrimitives.ReadInt64BigEndian(header[24..]),
                BinaryPrimitives.ReadInt32BigEndian(header[12..]));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException(
                $"the histogram's header is out of range: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static void Fill(Histogram histogram, ReadOnlySpan<byte> payload)
    {
        var index = 0L;
        for (var offset = 0; offset < payload.Length;)
        {
            var count = ZigZag.Read(payload, ref offset);
            var counters = count < 0 ? -count : 1;
            if (counters < 0 || counters > histogram.Layout.CountsLength - index)
            {
                throw new InvalidDataException(
                    $"the histogram's counts go beyond its {histogram.Layout.CountsLength} counters");
            }

            if (count > 0)
            {
                histogram.RecordCount(histogram.Layout.LowestAt((int)index), count);
            }

            index += counters;
        }
    }

    private static void ReadWhole(Stream source, Span<byte> target)
    {
        try
        {
            source.ReadExactly(target);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("the histogram ends early: the log is cut off", exception);
        }
    }
}

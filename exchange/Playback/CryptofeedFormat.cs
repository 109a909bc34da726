using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>
/// One record a line: <c>URL -> ts: body</c> REST, <c>URL &lt;-> ts</c> connect, <c>URL &lt;- ts: body</c> sent by the
/// client, <c>ts: body</c> received; <c>configuration: …</c> and blank lines may stand between.
/// </summary>
internal static class CryptofeedFormat
{
    private const decimal SecondsMax = long.MaxValue / 1_000_000_000L;

    public static void Read(RecordingLines lines, List<RecordedFrame> frames, List<RecordedBody> bodies)
    {
        while (lines.TryNext(out var line))
        {
            if (line.Length == 0 || line.Span.StartsWith("configuration:"u8))
            {
                continue;
            }

            if (TryStamp(line.Span, out var nanos, out var bodyAt))
            {
                frames.Add(new RecordedFrame(nanos, line[bodyAt..]));
            }
            else
            {
                ReadAddressed(lines, line, bodies);
            }
        }
    }

    private static void ReadAddressed(RecordingLines lines, ReadOnlyMemory<byte> line, List<RecordedBody> bodies)
    {
        var text = line.Span;
        var addressEnd = text.IndexOf((byte)' ');
        var arrowEnd = addressEnd < 0 ? -1 : text[(addressEnd + 1)..].IndexOf((byte)' ') + addressEnd + 1;
        if (addressEnd <= 0
            || arrowEnd <= addressEnd
            || !Uri.TryCreate(Encoding.UTF8.GetString(text[..addressEnd]), UriKind.Absolute, out var address))
        {
            throw lines.Broken("expected 'ts: body' or 'URL -> ts: body'");
        }

        var arrow = text[(addressEnd + 1)..arrowEnd];
        if (arrow.SequenceEqual("<->"u8) || arrow.SequenceEqual("<-"u8))
        {
            return;     // what the recording client did; ours does its own
        }

        if (!arrow.SequenceEqual("->"u8) || !TryStamp(text[(arrowEnd + 1)..], out var nanos, out var bodyAt))
        {
            throw lines.Broken("expected 'URL -> ts: body'");
        }

        bodies.Add(new RecordedBody(nanos, address, line[(arrowEnd + 1 + bodyAt)..]));
    }

    /// <summary>Reads <c>seconds.fraction: </c>.</summary>
    private static bool TryStamp(ReadOnlySpan<byte> text, out long nanos, out int bodyAt)
    {
        nanos = 0;
        bodyAt = 0;
        if (!Utf8Parser.TryParse(text, out decimal seconds, out var used)
            || seconds is < 0 or > SecondsMax
            || text.Length < used + 2 || text[used] != (byte)':' || text[used + 1] != (byte)' ')
        {
            return false;
        }

        nanos = (long)(seconds * 1_000_000_000m);
        bodyAt = used + 2;
        return true;
    }
}

using System;
using System.Buffers.Text;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>One payload a line, <c>unix_ns payload</c>; a REST snapshot is a line among the frames.</summary>
internal static class StampedLineFormat
{
    private const int StampDigitsMin = 15;

    public static bool Recognizes(RecordingLines lines) => TrySplit(lines.Peek(), out _, out _);

    public static void Read(
        RecordingLines lines, IPlaybackDialect dialect, List<RecordedFrame> frames, List<RecordedBody> bodies)
    {
        while (lines.TryNext(out var line))
        {
            if (line.Length == 0)
            {
                continue;
            }

            if (!TrySplit(line.Span, out var nanos, out var at))
            {
                throw lines.Broken("expected 'unix_ns payload'");
            }

            var payload = line[at..];
            if (dialect.IsRestBody(payload.Span))
            {
                bodies.Add(new RecordedBody(nanos, null, payload));
            }
            else
            {
                frames.Add(new RecordedFrame(nanos, payload));
            }
        }
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out long nanos, out int payloadAt)
    {
        var split = Utf8Parser.TryParse(line, out nanos, out var used)
            && used >= StampDigitsMin && used < line.Length - 1 && line[used] == (byte)' ';
        payloadAt = used + 1;
        return split;
    }
}

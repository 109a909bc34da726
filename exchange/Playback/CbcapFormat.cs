using System;
using System.Buffers.Text;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary><c>CBCAP1 venue symbol unix_ns</c>, then repeatedly <c>steady_ns count</c> and so many bytes.</summary>
internal static class CbcapFormat
{
    public static void Read(RecordingLines lines, List<RecordedFrame> frames)
    {
        lines.TryNext(out var header);
        var stamp = header.Span[(header.Span.LastIndexOf((byte)' ') + 1)..];
        if (!Utf8Parser.TryParse(stamp, out long start, out var used) || used != stamp.Length)
        {
            throw lines.Broken("expected 'CBCAP1 venue symbol unix_ns'");
        }

        long? first = null;
        while (lines.TryNext(out var line))
        {
            if (line.Length == 0)
            {
                continue;
            }

            var text = line.Span;
            if (!Utf8Parser.TryParse(text, out long steady, out used)
                || used >= text.Length
                || !Utf8Parser.TryParse(text[(used + 1)..], out int count, out _))
            {
                throw lines.Broken("expected 'steady_ns count'");
            }

            first ??= steady;
            frames.Add(new RecordedFrame(start + steady - first.Value, lines.Take(count)));
        }
    }
}

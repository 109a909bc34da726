using System;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// hftbacktest's format, <c>local_unix_ns payload</c> a line. The REST snapshot of the book is one such line, told by
/// its first field.
/// </summary>
public sealed class HftTextReader : ICaptureReader
{
    private readonly CaptureStream _stream;

    /// <summary>Reads from a stream that it owns from now on.</summary>
    public HftTextReader(CaptureStream stream) => _stream = stream;

    /// <inheritdoc/>
    public RecordKind Kind { get; private set; }

    /// <inheritdoc/>
    public long Nanos { get; private set; }

    /// <inheritdoc/>
    public Uri? Address => null;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <inheritdoc/>
    public string Place => $"{_stream.Path}:{_stream.Line}";

    /// <inheritdoc/>
    public (long Done, long Total) Progress => _stream.Progress;

    /// <inheritdoc/>
    public bool TryRead()
    {
        while (_stream.TryReadLine(out var line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            var space = line.Span.IndexOf((byte)' ');
            if (space < 0 || !AsciiInteger.TryParse(line.Span[..space], out var nanos))
            {
                throw new CaptureFormatException($"{Place}: expected 'unix_ns payload'");
            }

            Nanos = nanos;
            Payload = line[(space + 1)..];
            Kind = Payload.Span.StartsWith("{\"lastUpdateId\""u8) ? RecordKind.RestBody : RecordKind.Frame;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}

using System;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// crossbook's format: a line <c>CBCAP1 venue symbol unix_ns</c>, then <c>steady_ns count</c> on a line and that many
/// bytes of payload with a line end, repeated. Steady time is brought to Unix time by the header's.
/// </summary>
public sealed class CbcapReader : ICaptureReader
{
    private readonly CaptureStream _stream;
    private readonly long _startUnixNanos;
    private long _firstSteadyNanos = -1;

    /// <summary>Reads from a stream that it owns from now on.</summary>
    public CbcapReader(CaptureStream stream)
    {
        _stream = stream;
        stream.TryReadLine(out var header);
        var last = header.Span.LastIndexOf((byte)' ');
        if (!AsciiInteger.TryParse(header.Span[(last + 1)..], out _startUnixNanos))
        {
            throw new CaptureFormatException($"{stream.Path}:1: expected 'CBCAP1 venue symbol unix_ns'");
        }
    }

    /// <inheritdoc/>
    public RecordKind Kind => RecordKind.Frame;

    /// <inheritdoc/>
    public long Nanos { get; private set; }

    /// <inheritdoc/>
    public Uri? Address => null;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <inheritdoc/>
    public string Place => $"{_stream.Path}: record behind line {_stream.Line}";

    /// <inheritdoc/>
    public (long Done, long Total) Progress => _stream.Progress;

    /// <inheritdoc/>
    public bool TryRead()
    {
        if (!_stream.TryReadLine(out var line))
        {
            return false;
        }

        var text = line.Span;
        var space = text.IndexOf((byte)' ');
        if (space < 0 || !AsciiInteger.TryParse(text[..space], out var steady)
            || !AsciiInteger.TryParse(text[(space + 1)..], out var count)
            || count is < 0 or > CaptureStream.MaxRecordBytes)
        {
            throw new CaptureFormatException($"{Place}: expected 'steady_ns byte_count'");
        }

        _firstSteadyNanos = _firstSteadyNanos < 0 ? steady : _firstSteadyNanos;
        Nanos = _startUnixNanos + (steady - _firstSteadyNanos);
        if (!_stream.TryReadBytes((int)count + 1, out var payload))
        {
            throw new CaptureFormatException($"{Place}: the file ends inside of a payload of {count} bytes");
        }

        if (payload.Span[^1] != (byte)'\n')
        {
            throw new CaptureFormatException($"{Place}: a payload of {count} bytes does not end with a line end");
        }

        Payload = payload[..^1];
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}

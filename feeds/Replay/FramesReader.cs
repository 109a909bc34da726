using System;
using System.Text;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// The format that <c>record</c> writes: a line <c>QFRAMES1 venue</c>, then records: a line <c>letter unix_ns count
/// note</c>, that many bytes of payload, and a line end. Letters: <c>F</c> a frame, <c>R</c> a REST body with its
/// address as note, <c>C</c> a socket opened, <c>L</c> so many records lost, as the note says.
/// </summary>
public sealed class FramesReader : ICaptureReader
{
    private readonly CaptureStream _stream;

    /// <summary>Reads from a stream that it owns from now on.</summary>
    public FramesReader(CaptureStream stream)
    {
        _stream = stream;
        stream.TryReadLine(out _);
    }

    /// <inheritdoc/>
    public RecordKind Kind { get; private set; }

    /// <inheritdoc/>
    public long Nanos { get; private set; }

    /// <inheritdoc/>
    public Uri? Address { get; private set; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <inheritdoc/>
    public string Place => $"{_stream.Path}: record behind line {_stream.Line}";

    /// <inheritdoc/>
    public (long Done, long Total) Progress => _stream.Progress;

    /// <inheritdoc/>
    public bool TryRead()
    {
        while (_stream.TryReadLine(out var line))
        {
            var text = line.Span;
            if (text.Length < 5 || text[1] != (byte)' ' || !TryReadNumbers(text[2..], out var count, out var noteAt))
            {
                throw new CaptureFormatException($"{Place}: expected 'letter unix_ns byte_count note'");
            }

            var letter = (char)text[0];
            var note = Encoding.UTF8.GetString(text[(2 + noteAt)..]);
            if (!_stream.TryReadBytes(count + 1, out var payload))
            {
                // what a killed process was writing: as far as the recording goes, it never came
                return false;
            }

            if (payload.Span[^1] != (byte)'\n')
            {
                throw new CaptureFormatException($"{Place}: a payload of {count} bytes does not end with a line end");
            }

            Payload = payload[..^1];
            if (TryTake(letter, note))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool TryTake(char letter, string note)
    {
        Address = null;
        switch (letter)
        {
            case 'F':
                Kind = RecordKind.Frame;
                return true;
            case 'C':
                Kind = RecordKind.Connect;
                return true;
            case 'R' when Uri.TryCreate(note, UriKind.Absolute, out var address):
                Kind = RecordKind.RestBody;
                Address = address;
                return true;
            case 'L':
                return false;   // the chain of updates tells what that means for the books
            default:
                throw new CaptureFormatException($"{Place}: no record begins with '{letter}' and the note '{note}'");
        }
    }

    private bool TryReadNumbers(ReadOnlySpan<byte> text, out int count, out int noteAt)
    {
        count = 0;
        noteAt = 0;
        var space = text.IndexOf((byte)' ');
        var length = space < 0 ? -1 : text[(space + 1)..].IndexOf((byte)' ');
        if (length < 0
            || !AsciiInteger.TryParse(text[..space], out var nanos)
            || !AsciiInteger.TryParse(text.Slice(space + 1, length), out var bytes)
            || bytes is < 0 or > CaptureStream.MaxRecordBytes)
        {
            return false;
        }

        Nanos = nanos;
        count = (int)bytes;
        noteAt = space + length + 2;
        return true;
    }
}

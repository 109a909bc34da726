using System;
using System.Text;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// cryptofeed's text format, a record a line: <c>URL -&gt; ts: body</c> REST, <c>URL &lt;-&gt; ts</c> connect,
/// <c>URL &lt;- ts: body</c> frame sent by the client, <c>ts: body</c> frame received; a <c>configuration:</c> line and
/// blank lines are passed over. <c>ts</c> is Unix seconds with a fraction.
/// </summary>
public sealed class CfTextReader : ICaptureReader
{
    private readonly CaptureStream _stream;

    /// <summary>Reads from a stream that it owns from now on.</summary>
    public CfTextReader(CaptureStream stream) => _stream = stream;

    /// <inheritdoc/>
    public RecordKind Kind { get; private set; }

    /// <inheritdoc/>
    public long Nanos { get; private set; }

    /// <inheritdoc/>
    public Uri? Address { get; private set; }

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
            var text = line.Span;
            if (text.IsEmpty || text.StartsWith("configuration:"u8))
            {
                continue;
            }

            if (!char.IsAsciiDigit((char)text[0]))
            {
                if (TryReadRest(line))
                {
                    return true;
                }

                continue;
            }

            var colon = text.IndexOf(": "u8);
            if (colon < 0 || !CaptureTime.TryParseSeconds(text[..colon], out var nanos))
            {
                throw new CaptureFormatException($"{Place}: expected 'time: payload'");
            }

            Kind = RecordKind.Frame;
            Nanos = nanos;
            Address = null;
            Payload = line[(colon + 2)..];
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool TryReadRest(ReadOnlyMemory<byte> line)
    {
        var text = line.Span;
        var end = text.IndexOf((byte)' ');
        if (end < 0 || !Uri.TryCreate(Encoding.UTF8.GetString(text[..end]), UriKind.Absolute, out var address))
        {
            throw new CaptureFormatException($"{Place}: expected an address, 'time: payload' or 'configuration:'");
        }

        var rest = text[(end + 1)..];
        if (rest.StartsWith("<-"u8))
        {
            return false;   // a connect, or a frame the client sent
        }

        var colon = rest.IndexOf(": "u8);
        if (!rest.StartsWith("-> "u8) || colon < 0 || !CaptureTime.TryParseSeconds(rest[3..colon], out var nanos))
        {
            throw new CaptureFormatException($"{Place}: expected 'address -> time: body'");
        }

        Kind = RecordKind.RestBody;
        Nanos = nanos;
        Address = address;
        Payload = line[(end + 1 + colon + 2)..];
        return true;
    }
}

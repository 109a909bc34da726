using System;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>Walks the bytes of one recorded file, line by line or by count.</summary>
internal sealed class RecordingLines
{
    private readonly string _file;
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _at;
    private int _line;

    public RecordingLines(string file, ReadOnlyMemory<byte> bytes)
    {
        _file = file;
        _bytes = bytes;
    }

    public bool StartsWith(ReadOnlySpan<byte> text) => _bytes.Span.StartsWith(text);

    /// <summary>The first line, without moving on.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        var rest = _bytes.Span[_at..];
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>The next line without its end; false at the end of the file.</summary>
    public bool TryNext(out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (_at >= _bytes.Length)
        {
            return false;
        }

        var end = _bytes.Span[_at..].IndexOf((byte)'\n');
        line = end < 0 ? _bytes[_at..] : _bytes.Slice(_at, end);
        _at = end < 0 ? _bytes.Length : _at + end + 1;
        _line++;
        if (line.Span is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        return true;
    }

    /// <summary>The next bytes, which a line end has to follow.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - _at)
        {
            throw Broken($"expected {count} bytes of payload, received {_bytes.Length - _at}");
        }

        var taken = _bytes.Slice(_at, count);
        _at += count;
        if (_at < _bytes.Length && _bytes.Span[_at] != (byte)'\n')
        {
            throw Broken($"expected the payload to end after {count} bytes");
        }

        _at++;
        _line++;
        return taken;
    }

    /// <summary>An error that names the file and the line last read.</summary>
    public ExchangeConfigurationException Broken(string what) =>
        new($"cannot read the recording {_file}, line {_line}: {what}");
}

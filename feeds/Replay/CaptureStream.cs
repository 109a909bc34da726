using System;
using System.IO;
using System.IO.Compression;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Bytes of a capture file, unpacked when it is gzip (told by content, not by name), by line or by count, out of one
/// reused buffer. One thread.
/// </summary>
public sealed class CaptureStream : IDisposable
{
    /// <summary>Longest line or payload; the largest frame known is 5 MB.</summary>
    public const int MaxRecordBytes = 64 << 20;

    private readonly FileStream _file;
    private readonly Stream _bytes;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Opens a file.</summary>
    public CaptureStream(string path)
    {
        Path = path;
        _file = File.OpenRead(path);
        var packed = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
        _file.Position = 0;
        _bytes = packed ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Lines taken so far.</summary>
    public long Line { get; private set; }

    /// <summary>
    /// Bytes of the file that were read from disk, and how many it has: packed bytes when it is packed.
    /// </summary>
    public (long Done, long Total) Progress => (_file.Position, _file.Length);

    /// <summary>Looks at the first bytes without taking them.</summary>
    public ReadOnlySpan<byte> PeekStart(int count)
    {
        while (_end - _start < count && Fill())
        {
        }

        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Takes the next line without its end; false at the end. Valid until the next call.</summary>
    public bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Trim(_buffer.AsMemory(_start, searched + found));
                _start += searched + found + 1;
                Line++;
                return true;
            }

            searched = _end - _start;
            if (!Fill())
            {
                line = Trim(_buffer.AsMemory(_start, searched));
                _start = _end;
                Line += searched == 0 ? 0 : 1;
                return searched != 0;
            }
        }
    }

    /// <summary>Takes exactly so many bytes; false when the file ends before. Valid until the next call.</summary>
    public bool TryReadBytes(int count, out ReadOnlyMemory<byte> bytes)
    {
        while (_end - _start < count && Fill())
        {
        }

        var whole = _end - _start >= count;
        bytes = whole ? _buffer.AsMemory(_start, count) : default;
        _start += whole ? count : 0;
        return whole;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        _file.Dispose();
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line) =>
        line.Length != 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;

    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (_start != 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxRecordBytes)
            {
                throw new CaptureFormatException(
                    $"{Path}: a record behind line {Line} is longer than {MaxRecordBytes} bytes");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = ReadSome();
        _end += read;
        _ended = read == 0;
        return read != 0;
    }

    private int ReadSome()
    {
        try
        {
            return _bytes.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException e)
        {
            throw new CaptureFormatException($"{Path}: damaged gzip data behind line {Line}: {e.Message}");
        }
    }
}

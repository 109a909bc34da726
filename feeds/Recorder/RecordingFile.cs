using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Recorder;

/// <summary>
/// The file of one connection. Threads: <see cref="Take"/> and disposal by the writer's, the numbers by any.
/// </summary>
public sealed class RecordingFile : IDisposable
{
    private const int BufferBytes = 1 << 18;
    private const int HeaderBytesMax = 64;
    private readonly FrameRecorder _recorder;
    private readonly Stream _file;
    private readonly long _offsetNanos;
    private readonly ILogger _log;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _count;
    private int _left;
    private bool _failed;
    private long _records;
    private long _bytes;
    private long _unwritten;

    internal RecordingFile(FrameRecorder recorder, Stream file, string path, long offsetNanos, ILogger log)
    {
        _recorder = recorder;
        _file = file;
        _offsetNanos = offsetNanos;
        _log = log;
        Path = path;
        Append(Encoding.UTF8.GetBytes($"QFRAMES1 {recorder.Venue}\n"));
    }

    /// <summary>Whose connection it is.</summary>
    public string Venue => _recorder.Venue;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Records written.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Bytes written.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Records that found no room on their way here, or none on the disk.</summary>
    public long Lost => _recorder.Lost + Volatile.Read(ref _unwritten);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_failed && _file is FileStream file)
        {
            file.Flush(flushToDisk: true);
        }

        _file.Dispose();
    }

    /// <summary>Writes what has been recorded, up to so many chunks; returns how many.</summary>
    internal int Take(int chunks)
    {
        var next = _recorder.Taken.Get() + 1;
        var last = _recorder.Barrier.Available(next, chunks);
        for (var sequence = next; sequence <= last; sequence++)
        {
            Write(ref _recorder.ChunkAt(sequence));
        }

        Flush();
        if (last >= next)
        {
            _recorder.Taken.Set(last);
        }

        return (int)(last - next + 1);
    }

    private void Write(ref FrameChunk chunk)
    {
        var content = chunk.Content[..chunk.Count];
        if (chunk.Kind != 0)
        {
            Begin(ref chunk);
            Append(content[..chunk.NoteBytes]);
            Append("\n"u8);
            content = content[chunk.NoteBytes..];
            _left = chunk.PayloadBytes;
        }

        Append(content);
        _left -= content.Length;
        if (_left == 0)
        {
            Append("\n"u8);
            if (_failed)
            {
                Volatile.Write(ref _unwritten, _unwritten + 1);
            }
            else
            {
                Volatile.Write(ref _records, _records + 1);
            }
        }
    }

    /// <summary>Letter, time and length; the note follows.</summary>
    private void Begin(ref FrameChunk chunk)
    {
        if (BufferBytes - _count < HeaderBytesMax)
        {
            Flush();
        }

        var header = _buffer.AsSpan(_count);
        header[0] = chunk.Kind;
        header[1] = (byte)' ';
        (chunk.Nanos + _offsetNanos).TryFormat(header[2..], out var time, default, CultureInfo.InvariantCulture);
        header[2 + time] = (byte)' ';
        chunk.PayloadBytes.TryFormat(header[(3 + time)..], out var length, default, CultureInfo.InvariantCulture);
        header[3 + time + length] = (byte)' ';
        _count += 4 + time + length;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (BufferBytes - _count < bytes.Length)
        {
            Flush();
        }

        bytes.CopyTo(_buffer.AsSpan(_count));
        _count += bytes.Length;
    }

    private void Flush()
    {
        if (_count != 0 && !_failed)
        {
            try
            {
                _file.Write(_buffer, 0, _count);
                Volatile.Write(ref _bytes, _bytes + _count);
            }
            catch (IOException e)
            {
                _failed = true;
                Log.RecordingFailed(_log, Path, _bytes, e.Message);
            }
        }

        _count = 0;
    }
}

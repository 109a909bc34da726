using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>
/// Writes every event that the engine takes, in the order in which it takes them, to a file, so that the run can be
/// repeated exactly. Bytes go to the operating system at the end of each batch. When the file cannot be written any
/// more (the disk is full), that is logged, the rest is counted as lost, and the quotes go on. Allocates nothing an
/// event. Threads: the follower's; the numbers by any.
/// </summary>
public sealed class JournalWriter : ILaneSink, IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly Stream _file;
    private readonly ILogger _log;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _count;
    private bool _failed;
    private long _events;
    private long _bytes;
    private long _lost;

    /// <summary>Writes to a stream, which it owns, beginning with the header.</summary>
    /// <param name="file">Where to; unbuffered, since this buffers.</param>
    /// <param name="name">Its name in the log.</param>
    /// <param name="header">The books whose events follow.</param>
    /// <param name="log">Where a failure is logged.</param>
    public JournalWriter(Stream file, string name, JournalHeader header, ILogger log)
    {
        _file = file;
        _log = log;
        Name = name;
        var books = Encoding.UTF8.GetBytes(header.Write());
        Span<byte> number = stackalloc byte[sizeof(uint)];
        _file.Write(JournalFormat.Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)books.Length);
        _file.Write(number);
        _file.Write(books);
        BinaryPrimitives.WriteUInt32LittleEndian(number, JournalFormat.Checksum(books));
        _file.Write(number);
    }

    /// <summary>The file.</summary>
    public string Name { get; }

    /// <summary>Events written so far.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>Bytes of records written so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Events that could not be written.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Makes a new file in a directory, which is made too when it is not there.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written to.</exception>
    public static JournalWriter Create(string directory, JournalHeader header, ILogger log)
    {
        Directory.CreateDirectory(directory);
        var started = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(directory, $"quoter-{started}-{Environment.ProcessId}.journal");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return new JournalWriter(file, path, header, log);
    }

    /// <inheritdoc/>
    public void OnEvent(int lane, ref DepthEvent item)
    {
        MakeRoom();
        if (_failed)
        {
            Volatile.Write(ref _lost, _lost + 1);
            return;
        }

        _count += JournalFormat.WriteEvent(_buffer.AsSpan(_count), lane, ref item);
        Volatile.Write(ref _events, _events + 1);
    }

    /// <inheritdoc/>
    public void OnTime(long nanos)
    {
        MakeRoom();
        if (!_failed)
        {
            _count += JournalFormat.WriteTime(_buffer.AsSpan(_count), nanos);
        }
    }

    /// <inheritdoc/>
    public void OnEndOfBatch() => Flush();

    /// <summary>Writes what is left and makes the disk keep it.</summary>
    public void Dispose()
    {
        Flush();
        if (!_failed && _file is FileStream file)
        {
            file.Flush(flushToDisk: true);
        }

        _file.Dispose();
    }

    private void MakeRoom()
    {
        if (_buffer.Length - _count < JournalFormat.PrefixBytes + JournalFormat.BodyMax)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_count == 0 || _failed)
        {
            return;
        }

        try
        {
            _file.Write(_buffer, 0, _count);
            Volatile.Write(ref _bytes, _bytes + _count);
        }
        catch (IOException e)
        {
            _failed = true;
            Log.JournalFailed(_log, Name, _bytes, e.Message);
        }

        _count = 0;
    }
}

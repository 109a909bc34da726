using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Threading;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Recorder;

/// <summary>
/// Writes what recorders take to a file a connection, in the format <c>feeds/Replay/README.md</c> calls frames. Times
/// are Unix time as the wall clock said when the writer was made, and go on from there by the monotonic clock: a jump
/// of the wall clock leaves no mark. When a file cannot be written any more (the disk is full), that is logged, the
/// rest is counted, and the quotes go on. Allocates nothing a record.
/// Threads: <see cref="DoWork"/> by one; the numbers by any.
/// </summary>
public sealed class RecordingWriter : IAgent, IDisposable
{
    private const int ChunksPerTurn = 256;
    private readonly List<RecordingFile> _files = [];

    /// <summary>Makes a file for each recorder in a directory, which is made too when it is not there.</summary>
    /// <exception cref="IOException">A file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written to.</exception>
    public RecordingWriter(string directory, IReadOnlyList<FrameRecorder> recorders, ILogger log)
    {
        Directory.CreateDirectory(directory);
        var now = DateTimeOffset.UtcNow;
        var unixNanos = (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var offset = unixNanos - MonotonicClock.Nanos();
        var started = now.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture);
        foreach (var recorder in recorders)
        {
            var path = Path.Combine(directory, $"{recorder.Venue}-{started}-{Environment.ProcessId}.frames");
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            _files.Add(new RecordingFile(recorder, stream, path, offset, log));
        }
    }

    /// <summary>The files, in the recorders' order.</summary>
    public IReadOnlyList<RecordingFile> Files => _files;

    /// <inheritdoc/>
    public int DoWork()
    {
        var done = 0;
        foreach (var file in _files)
        {
            done += file.Take(ChunksPerTurn);
        }

        return done;
    }

    /// <summary>Writes what is left and makes the disk keep it.</summary>
    public void Dispose()
    {
        while (DoWork() != 0)
        {
            // what readers recorded last
        }

        _files.ForEach(static file => file.Dispose());
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>A recording in memory: its frames and its REST bodies, each in the order of their times.</summary>
internal sealed class Recording
{
    private Recording(IReadOnlyList<RecordedFrame> frames, IReadOnlyList<RecordedBody> bodies)
    {
        Frames = frames;
        Bodies = bodies;
    }

    public IReadOnlyList<RecordedFrame> Frames { get; }

    public IReadOnlyList<RecordedBody> Bodies { get; }

    /// <summary>Reads the files of one recording and merges them by time.</summary>
    /// <exception cref="ExchangeConfigurationException">A file is missing or cannot be understood; named.</exception>
    public static Recording Load(IReadOnlyList<string> files, IPlaybackDialect dialect)
    {
        if (files.Count == 0)
        {
            throw new ExchangeConfigurationException("no recording is given: name its files after --play");
        }

        var frames = new List<RecordedFrame>();
        var bodies = new List<RecordedBody>();
        foreach (var file in files)
        {
            Read(file, dialect, frames, bodies);
        }

        if (frames.Count == 0)
        {
            throw new ExchangeConfigurationException(
                $"the recording {string.Join(", ", files)} holds no websocket frame: add the file of its socket");
        }

        // Stable: records of one time stay in the order of the files.
        return new Recording([.. frames.OrderBy(frame => frame.Nanos)], [.. bodies.OrderBy(body => body.Nanos)]);
    }

    private static void Read(
        string file, IPlaybackDialect dialect, List<RecordedFrame> frames, List<RecordedBody> bodies)
    {
        var lines = new RecordingLines(file, Unpack(file));
        if (lines.StartsWith("CBCAP1 "u8))
        {
            CbcapFormat.Read(lines, frames);
        }
        else if (StampedLineFormat.Recognizes(lines))
        {
            StampedLineFormat.Read(lines, dialect, frames, bodies);
        }
        else
        {
            CryptofeedFormat.Read(lines, frames, bodies);
        }
    }

    private static byte[] Unpack(string file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            if (bytes is not [0x1f, 0x8b, ..])
            {
                return bytes;
            }

            using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            packed.CopyTo(plain);
            return plain.ToArray();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ExchangeConfigurationException(
                $"cannot read the recording {file}: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}

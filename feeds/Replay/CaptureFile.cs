using System;
using System.Buffers;
using System.IO;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>Opens a capture, telling its format by its first bytes.</summary>
public static class CaptureFile
{
    private static readonly SearchValues<byte> TimeBytes = SearchValues.Create("0123456789."u8);

    /// <summary>Opens it. The formats are described in <c>feeds/Replay/README.md</c>.</summary>
    /// <exception cref="CaptureFormatException">None of the known formats, or the file cannot be opened.</exception>
    public static ICaptureReader Open(string path)
    {
        CaptureStream stream;
        try
        {
            stream = new CaptureStream(path);
        }
        catch (IOException e)
        {
            throw new CaptureFormatException($"{path}: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CaptureFormatException($"{path}: {e.Message}");
        }

        try
        {
            return OpenAs(stream);
        }
        catch (CaptureFormatException)
        {
            stream.Dispose();
            throw;
        }
    }

    private static ICaptureReader OpenAs(CaptureStream stream)
    {
        var start = stream.PeekStart(64);
        if (start.IsEmpty)
        {
            throw new CaptureFormatException($"{stream.Path}: the file is empty");
        }

        if (start.StartsWith("CBCAP1 "u8))
        {
            return new CbcapReader(stream);
        }

        if (start.StartsWith("QFRAMES1 "u8))
        {
            return new FramesReader(stream);
        }

        if (start[0] is (byte)'{' or (byte)'[')
        {
            return new NdjsonReader(stream);
        }

        if (start.StartsWith("configuration:"u8) || start.IndexOf("://"u8) > 0 || IsColonTime(start))
        {
            return new CfTextReader(stream);
        }

        if (char.IsAsciiDigit((char)start[0]))
        {
            return new HftTextReader(stream);
        }

        throw new CaptureFormatException(
            $"{stream.Path}: none of the known capture formats (frames, cf-text, cbcap, hft-text, ndjson)");
    }

    /// <summary>True for <c>1641343697.4033659: {...}</c>.</summary>
    private static bool IsColonTime(ReadOnlySpan<byte> start)
    {
        var end = start.IndexOfAnyExcept(TimeBytes);
        return end > 0 && start[end] == (byte)':';
    }
}

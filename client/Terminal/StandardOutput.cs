using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>The process's stdout as bytes, with a broken pipe told apart.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;   // EPIPE

    /// <summary>
    /// Opens stdout. The console's stream drops writes to a broken pipe without a word, so pipes are opened as what
    /// they are; files stay with the console's stream, which shares its position with other writers of the same file.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!direct.CanSeek)
        {
            return direct;
        }

        direct.Dispose();
        return Console.OpenStandardOutput();
    }

    /// <summary>Whether a failed write means that the reader is gone.</summary>
    public static bool IsClosed(IOException failure) => failure.HResult == BrokenPipe;
}

using System;
using System.IO;
using System.Threading;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Waits for <c>q</c> on the keyboard.</summary>
internal static class QuitKey
{
    /// <summary>
    /// Calls <paramref name="pressed"/> once, from a thread of its own, when q is pressed or the
    /// terminal is gone. The thread blocks in a read
    /// all the time, for that keeps the terminal from echoing keys into the picture; it ends with the process. Without
    /// a keyboard (stdin redirected) nothing is started: signals still end the program.
    /// </summary>
    public static void Listen(Action pressed)
    {
        if (Console.IsInputRedirected)
        {
            return;
        }

        new Thread(() => ReadUntilQuit(pressed)) { IsBackground = true, Name = "keys" }.Start();
    }

    private static void ReadUntilQuit(Action pressed)
    {
        try
        {
            while (Console.ReadKey(intercept: true).KeyChar is not ('q' or 'Q'))
            {
                // Any other key does nothing.
            }
        }
        catch (IOException)
        {
            // The window was closed: that is a wish to end too.
        }

        pressed();
    }
}

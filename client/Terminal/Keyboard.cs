using System;
using System.IO;
using System.Threading;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>Reads the keyboard of the process's terminal.</summary>
internal static class Keyboard
{
    /// <summary>
    /// Calls <paramref name="pressed"/> for each key, from a thread of its own, and <paramref name="gone"/> once when
    /// the terminal is gone. The thread blocks in a read all the time, for that keeps the terminal from echoing keys
    /// into the picture; it ends with the process. Without a keyboard (stdin redirected) nothing is started: signals
    /// still end the program.
    /// </summary>
    public static void Listen(Action<ConsoleKeyInfo> pressed, Action gone)
    {
        if (Console.IsInputRedirected)
        {
            return;
        }

        new Thread(() => ReadAll(pressed, gone)) { IsBackground = true, Name = "keys" }.Start();
    }

    private static void ReadAll(Action<ConsoleKeyInfo> pressed, Action gone)
    {
        try
        {
            while (true)
            {
                pressed(Console.ReadKey(intercept: true));
            }
        }
        catch (IOException)
        {
            gone();   // the window was closed: that is a wish to end too
        }
    }
}

using System;
using System.IO;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>Fields of files such as <c>/proc/self/status</c>: a name, a colon, a value.</summary>
internal static class ProcStatus
{
    /// <summary>The value of a field; null where the file or the field is not there.</summary>
    public static string? Field(string file, string name)
    {
        try
        {
            foreach (var line in File.ReadLines(file))
            {
                if (line.Length > name.Length && line[name.Length] == ':'
                    && line.StartsWith(name, StringComparison.Ordinal))
                {
                    return line[(name.Length + 1)..].Trim();
                }
            }
        }
        catch (IOException)
        {
            return null;   // no such system, or the thread has just ended
        }

        return null;
    }
}

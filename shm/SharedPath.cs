using System;
using System.IO;

namespace LowLatencyQuoter.Shm;

/// <summary>Where a file of quotes lies.</summary>
public static class SharedPath
{
    private const string Folder = "/dev/shm";
    private const int NameMax = 100;

    /// <summary>
    /// The path of a name: in <c>/dev/shm</c>, which lives in memory. A path from the root is taken as it is.
    /// </summary>
    /// <param name="name">Letters, digits, points, hyphens and underscores; or a path from the root.</param>
    /// <exception cref="SharedFileException">It is neither, or there is no such folder on this machine.</exception>
    public static string Of(string name)
    {
        if (name.StartsWith('/'))
        {
            return Path.GetFullPath(name);
        }

        if (name.Length is 0 or > NameMax || name[0] == '.' || !Array.TrueForAll(name.ToCharArray(), IsAllowed))
        {
            throw new SharedFileException(
                $"'{name}' is no name of shared memory: take letters, digits, '.', '-' and '_' (at most {NameMax}, no "
                + "point first), or a path from the root");
        }

        return Directory.Exists(Folder)
            ? Path.Combine(Folder, name)
            : throw new SharedFileException(
                $"there is no {Folder} on this machine to hold '{name}': give a path from the root instead");
    }

    private static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_';
}

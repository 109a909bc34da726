using System;
using System.CommandLine;
using System.Globalization;

namespace LowLatencyQuoter.Perf;

/// <summary>Makes options and checks what was given for them, so that all commands word both alike.</summary>
internal static class Flag
{
    /// <summary>An option with a default.</summary>
    public static Option<T> Of<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    /// <summary>An option that is on or off.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>An option that names a file or folder; null where it is not given.</summary>
    public static Option<string?> Target(string name, string description) => new(name) { Description = description };

    /// <summary><c>--json</c>, the same everywhere.</summary>
    public static Option<bool> Json() =>
        Switch("--json", "one JSON object on the last line of stdout, in place of the tables");

    /// <summary>Adds options to a command.</summary>
    public static void Add(Command command, params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The value, if it lies in its range.</summary>
    /// <exception cref="PerfException">Names the option and its range.</exception>
    public static double Within(string option, double value, double least, double most) =>
        value >= least && value <= most
            ? value
            : throw new PerfException(string.Create(
                CultureInfo.InvariantCulture, $"{option}: {value} is not from {least} to {most}"));

    /// <inheritdoc cref="Within(string,double,double,double)"/>
    public static int Within(string option, int value, int least, int most) =>
        (int)Within(option, (double)value, least, most);
}

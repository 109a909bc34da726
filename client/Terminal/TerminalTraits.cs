using System;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>What the terminal can show and the user wants to see.</summary>
/// <param name="Colors">False when <c>NO_COLOR</c> is set.</param>
/// <param name="Unicode">True when the locale says UTF-8.</param>
internal sealed record TerminalTraits(bool Colors, bool Unicode)
{
    /// <summary>Whether stdout is a terminal that understands cursor movement.</summary>
    public static bool IsInteractive =>
        !Console.IsOutputRedirected && Variable("TERM") is { } term && term != "dumb";

    /// <summary>Reads the environment.</summary>
    public static TerminalTraits Detect()
    {
        var locale = Variable("LC_ALL") ?? Variable("LC_CTYPE") ?? Variable("LANG") ?? "";
        var unicode = locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
            || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
        return new TerminalTraits(Variable("NO_COLOR") is null, unicode);
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

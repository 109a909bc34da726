using System;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// One setting: the same name serves the file (<c>threading.engineWait</c>), the environment
/// (<c>QUOTER_ENGINE_WAIT</c>) and the command line (<c>--engine-wait</c>, or <c>--engine_wait</c>).
/// </summary>
/// <param name="Key">Where it stands in the file, sections and name by points.</param>
/// <param name="Default">Its default, as one would write it.</param>
/// <param name="Help">What it does, in one sentence for people.</param>
/// <param name="Apply">
/// Reads the text into the draft; throws <see cref="FormatException"/> with what is expected when it cannot.
/// </param>
/// <param name="Show">The effective value, as one would write it.</param>
/// <param name="IsSwitch">True when the flag alone means true.</param>
/// <param name="Name">What flag and variable are made of; null: the last part of the key.</param>
public sealed record Setting(
    string Key,
    string Default,
    string Help,
    Action<OptionsDraft, string> Apply,
    Func<QuoterOptions, string> Show,
    bool IsSwitch = false,
    string? Name = null)
{
    /// <summary>The flag.</summary>
    public string Flag => "--" + Dashed('-');

    /// <summary>The same in the spelling of older programs, or null when it is the same.</summary>
    public string? UnderscoreFlag => Dashed('-').Contains('-', StringComparison.Ordinal) ? "--" + Dashed('_') : null;

    /// <summary>The environment variable.</summary>
    public string Environment => "QUOTER_" + Dashed('_').ToUpperInvariant();

    private string Dashed(char dash)
    {
        var name = Name ?? Key[(Key.LastIndexOf('.') + 1)..];
        var text = new System.Text.StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter))
            {
                text.Append(dash);
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

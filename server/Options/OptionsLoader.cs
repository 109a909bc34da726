using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Options;

/// <summary>Lays the layers over each other: defaults, then the file, then the environment, then the flags.</summary>
public static class OptionsLoader
{
    /// <summary>Names the configuration file when no flag does.</summary>
    public const string FileVariable = "QUOTER_CONFIG";

    /// <summary>Reads and validates everything.</summary>
    /// <param name="file">Path of the file, or null.</param>
    /// <param name="environment">Looks a variable up; null when it is not set.</param>
    /// <param name="flags">Settings that were given as flags, with their texts.</param>
    /// <param name="baseAsset">Base asset of the one instrument, or null.</param>
    /// <param name="quoteAsset">Its quote asset, or null.</param>
    /// <exception cref="OptionsException">Names the place, what is wrong and the fix.</exception>
    public static QuoterOptions Load(
        string? file,
        Func<string, string?> environment,
        IReadOnlyList<(Setting Setting, string Text)> flags,
        string? baseAsset = null,
        string? quoteAsset = null)
    {
        var draft = new OptionsDraft();
        foreach (var setting in SettingTable.All)
        {
            setting.Apply(draft, setting.Default);
        }

        if ((file ?? environment(FileVariable)) is { Length: > 0 } path)
        {
            OptionsFile.Read(path, draft);
        }

        foreach (var setting in SettingTable.All)
        {
            if (environment(setting.Environment) is { Length: > 0 } text)
            {
                Apply(setting, setting.Environment, text, draft);
            }
        }

        ChooseInstrument(
            draft,
            environment("QUOTER_BASE_ASSET"),
            environment("QUOTER_QUOTE_ASSET"),
            "QUOTER_BASE_ASSET, QUOTER_QUOTE_ASSET");
        foreach (var (setting, text) in flags)
        {
            Apply(setting, setting.Flag, text, draft);
        }

        ChooseInstrument(draft, baseAsset, quoteAsset, "--base-asset, --quote-asset");
        draft.AdminToken = environment(AdminToken.Variable) is { Length: > 0 } token ? token : null;
        draft.ApiKeyOf = venue => environment(VenueApiKey.Variable(venue)) is { Length: > 0 } key ? key : null;
        return draft.Build();
    }

    private static void Apply(Setting setting, string origin, string text, OptionsDraft draft)
    {
        try
        {
            setting.Apply(draft, text);
        }
        catch (FormatException e)
        {
            throw new OptionsException($"{origin}: {e.Message}");
        }
    }

    /// <summary>
    /// A base or quote asset alone changes that half of the default instrument, which is then the only one.
    /// </summary>
    private static void ChooseInstrument(OptionsDraft draft, string? baseAsset, string? quoteAsset, string origin)
    {
        if (string.IsNullOrEmpty(baseAsset) && string.IsNullOrEmpty(quoteAsset))
        {
            return;
        }

        var current = draft.Instruments[0];
        var text = $"{(string.IsNullOrEmpty(baseAsset) ? current.Base : baseAsset)}/"
            + $"{(string.IsNullOrEmpty(quoteAsset) ? current.Quote : quoteAsset)}";
        Apply(SettingTable.All[0], origin, text, draft);
    }
}

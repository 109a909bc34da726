using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>Every setting as a flag of a command, also in the underscore spelling of older programs.</summary>
internal sealed class SettingFlags
{
    private readonly List<(Setting Setting, Option Option)> _flags = [];
    private readonly Option<string?> _config = new("--config")
    {
        Description = $"configuration file, JSON with comments; also {OptionsLoader.FileVariable}",
        HelpName = "file",
    };

    private readonly Option<string?> _baseAsset = new("--base-asset", "--base_asset")
    {
        Description = "base asset of the one instrument to quote, for instance BTC",
        HelpName = "asset",
    };

    private readonly Option<string?> _quoteAsset = new("--quote-asset", "--quote_asset")
    {
        Description = "its quote asset, for instance USDT",
        HelpName = "asset",
    };

    public SettingFlags()
    {
        foreach (var setting in SettingTable.All)
        {
            _flags.Add((setting, Make(setting)));
        }
    }

    /// <summary>Puts the flags on a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_config);
        command.Options.Add(_baseAsset);
        command.Options.Add(_quoteAsset);
        foreach (var (_, option) in _flags)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Loads the options that the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="implied">Settings that the command itself stands for.</param>
    /// <exception cref="OptionsException">They cannot be used.</exception>
    public QuoterOptions Read(ParseResult parsed, params ReadOnlySpan<(Setting, string)> implied)
    {
        var given = new List<(Setting, string)>();
        given.AddRange(implied);
        foreach (var (setting, option) in _flags)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
            {
                given.Add((setting, Text(setting, result)));
            }
        }

        return OptionsLoader.Load(
            parsed.GetValue(_config),
            Environment.GetEnvironmentVariable,
            given,
            parsed.GetValue(_baseAsset),
            parsed.GetValue(_quoteAsset));
    }

    private static Option<string?> Make(Setting setting)
    {
        var option = new Option<string?>(setting.Flag)
        {
            Description = setting.Default.Length == 0 ? setting.Help : $"{setting.Help} (default {setting.Default})",
            HelpName = setting.IsSwitch ? "true|false" : "value",
            Arity = setting.IsSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
        if (setting.UnderscoreFlag is { } underscores)
        {
            option.Aliases.Add(underscores);
        }

        return option;
    }

    private static string Text(Setting setting, OptionResult result) =>
        result.Tokens.Count != 0 ? result.Tokens[^1].Value : setting.IsSwitch ? "true" : "";
}

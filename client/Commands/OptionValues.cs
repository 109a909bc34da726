using System;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace LowLatencyQuoter.Client.Commands;

/// <summary>Parsers of option values whose errors name the option, what it takes, and what it was given.</summary>
internal static class OptionValues
{
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(20);

    /// <summary>Parses a whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Func<ArgumentResult, long> Number(string option, long least, long most) => result =>
    {
        var text = result.Tokens[^1].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        var range = most == long.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        result.AddError($"{option} takes a whole number {range}, not '{text}'");
        return least;
    };

    /// <summary>Parses a time such as <c>30</c> (seconds), <c>500ms</c>, <c>1.5s</c>, <c>2m</c> or <c>1h</c>.</summary>
    public static Func<ArgumentResult, TimeSpan?> Duration(string option) => result =>
    {
        var text = result.Tokens[^1].Value;
        if (TryParseDuration(text, out var duration))
        {
            return duration;
        }

        result.AddError($"{option} takes a time above zero such as 30s, 500ms or 2m (at most 20 days), not '{text}'");
        return null;
    };

    /// <summary>Parses a host name or an IP address.</summary>
    public static Func<ArgumentResult, string> Host(string option) => result =>
    {
        var text = result.Tokens[^1].Value;
        if (Uri.CheckHostName(text) == UriHostNameType.Unknown)
        {
            result.AddError($"{option} takes a host name or an IP address, without port, not '{text}'");
        }

        return text;
    };

    /// <summary>Parses an instrument, in any case; the server knows which ones there are.</summary>
    public static Func<ArgumentResult, string?> Symbol(string option) => result =>
    {
        var text = result.Tokens[^1].Value;
        var parts = text.Split('/', '-');
        if (parts.Length != 2 || !IsAsset(parts[0]) || !IsAsset(parts[1]))
        {
            result.AddError($"{option} takes an instrument such as BTC/USDT, not '{text}'");
            return null;
        }

        return $"{parts[0]}/{parts[1]}".ToUpperInvariant();
    };

    private static bool IsAsset(string text) => text.Length is >= 2 and <= 12 && text.All(char.IsAsciiLetterOrDigit);

    private static bool TryParseDuration(string text, out TimeSpan duration)
    {
        var (digits, unit) = text switch
        {
            [.. var head, 'm', 's'] => (head, TimeSpan.FromMilliseconds(1)),
            [.. var head, 's'] => (head, TimeSpan.FromSeconds(1)),
            [.. var head, 'm'] => (head, TimeSpan.FromMinutes(1)),
            [.. var head, 'h'] => (head, TimeSpan.FromHours(1)),
            _ => (text, TimeSpan.FromSeconds(1)),
        };
        duration = default;
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > LongestDuration.Ticks / unit.Ticks)
        {
            return false;
        }

        duration = new TimeSpan((long)(value * unit.Ticks));
        return duration >= TimeSpan.FromMilliseconds(1);
    }
}

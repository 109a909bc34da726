using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// Reads the texts of settings. Every failure is a <see cref="FormatException"/> that says what is expected.
/// </summary>
internal static class SettingText
{
    public static int Integer(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value >= least && value <= most
            ? value
            : throw new FormatException($"'{text}' is not a whole number from {least} to {most}");

    /// <summary>A count, or 0 for <c>auto</c>.</summary>
    public static int IntegerOrAuto(string text, int least, int most) =>
        text.Equals("auto", StringComparison.OrdinalIgnoreCase) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? Integer(text, least, most)
        : throw new FormatException($"'{text}' is neither auto nor a whole number from {least} to {most}");

    /// <summary>The same as one would write it.</summary>
    public static string OrAuto(int value) => value == 0 ? "auto" : value.ToString(CultureInfo.InvariantCulture);

    public static FullLanePolicy LaneFull(string text) => text.ToUpperInvariant() switch
    {
        "WAIT" => FullLanePolicy.Wait,
        "DROP" => FullLanePolicy.DropAndFault,
        _ => throw new FormatException($"'{text}' is neither wait nor drop"),
    };

    public static string Spelled(FullLanePolicy policy) => policy == FullLanePolicy.Wait ? "wait" : "drop";

    public static int PowerOfTwo(string text, int least, int most)
    {
        var value = Integer(text, least, most);
        return BitOperations.IsPow2(value)
            ? value
            : throw new FormatException(
                $"{value} is not a power of two; {BitOperations.RoundUpToPowerOf2((uint)value)} is the next");
    }

    public static decimal Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value < 1_000_000_000
            ? value
            : throw new FormatException($"'{text}' is not a decimal number from 0, for instance 0.0001");

    public static decimal Fee(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var value)
        && value is > -0.1m and < 0.1m
        && FeeRate.TryFrom(value, out _)
            ? value
            : throw new FormatException(
                $"'{text}' is not a fee; write a fraction such as 0.001 for 10 basis points, with at most "
                + $"{FeeRate.Digits} digits behind the point");

    public static double Factor(string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value > 0 && value <= most
            ? value
            : throw new FormatException(
                $"'{text}' is not a number above 0 and up to {most.ToString(CultureInfo.InvariantCulture)}");

    public static double SecondsOrOff(string text, double most) => text is "off" or "0" ? 0
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value >= 0.1 && value <= most
            ? value
            : throw new FormatException(
                $"'{text}' is neither off nor seconds from 0.1 to {most.ToString(CultureInfo.InvariantCulture)}");

    public static bool Boolean(string text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException($"'{text}' is neither true nor false"),
    };

    public static T Choice<T>(string text)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        foreach (var name in names)
        {
            if (Plain(name).Equals(Plain(text), StringComparison.OrdinalIgnoreCase))
            {
                return Enum.Parse<T>(name);
            }
        }

        throw new FormatException($"'{text}' is not one of {string.Join(", ", Array.ConvertAll(names, Spelled))}");
    }

    /// <summary>A choice as one writes it: <c>busy-spin</c>.</summary>
    public static string Spelled<T>(T value)
        where T : struct, Enum => Spelled(value.ToString());

    public static List<Pair> Pairs(string text)
    {
        var pairs = new List<Pair>();
        foreach (var part in Parts(text))
        {
            var pair = Pair.Parse(part);
            if (pairs.Contains(pair))
            {
                throw new FormatException($"{pair} is named twice");
            }

            pairs.Add(pair);
        }

        return pairs.Count != 0
            ? pairs
            : throw new FormatException("name at least one instrument, for instance BTC/USDT");
    }

    /// <summary>True when the text of venues names all of them at once.</summary>
    public static bool NamesAll(string text)
    {
        foreach (var part in Parts(text))
        {
            if (part.Equals("all", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public static List<string> VenueNames(string text)
    {
        var names = new List<string>();
        foreach (var part in Parts(text))
        {
            if (part.Equals("all", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var venue in VenueRegistry.All)
                {
                    AddOnce(names, venue.Profile.Name);
                }

                continue;
            }

            if (!VenueRegistry.TryFind(part, out var found))
            {
                throw new FormatException(
                    $"unknown venue '{part}'{Suggestion.For(part, VenueRegistry.All, static v => v.Profile.Name)}; "
                    + $"there are {VenueRegistry.Names}, and all");
            }

            AddOnce(names, found.Profile.Name);
        }

        return names.Count != 0
            ? names
            : throw new FormatException($"name at least one of {VenueRegistry.Names}, or all");
    }

    private static void AddOnce(List<string> names, string name)
    {
        if (names.Contains(name))
        {
            throw new FormatException($"{name} is named twice");
        }

        names.Add(name);
    }

    private static string[] Parts(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static string Spelled(string name)
    {
        var text = new System.Text.StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length != 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

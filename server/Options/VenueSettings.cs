using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Options;

/// <summary>The settings of one venue in the file, and how each is read.</summary>
internal static class VenueSettings
{
    private static readonly Dictionary<string, Func<VenueOptions, string, VenueOptions>> Readers = new(
        StringComparer.Ordinal)
    {
        ["stream"] = static (v, t) => v with { Stream = SettingText.Choice<VenueStream>(t) },
        ["apiKeyFile"] = static (v, t) => v with { ApiKeyFile = t.Length == 0 ? null : t },
        ["socket"] = static (v, t) => v with { Socket = Address(t, "ws", "wss") },
        ["rest"] = static (v, t) => v with { Rest = Address(t, "http", "https") },
        ["depth"] = static (v, t) => v with { Depth = SettingText.Integer(t, 0, 100_000) },
        ["wholeBooks"] = static (v, t) => v with { WholeBooks = SettingText.Boolean(t) },
        ["crossCheck"] = static (v, t) => v with { CrossCheck = SettingText.Boolean(t) },
        ["checksum"] = static (v, t) => v with { Checksum = SettingText.Choice<ChecksumPolicy>(t) },
        ["laneFull"] = static (v, t) => v with { LaneFull = SettingText.LaneFull(t) },
        ["compression"] = static (v, t) => v with { Compression = SettingText.Choice<CompressionKind>(t) },
        ["connections"] = static (v, t) => v with { Connections = SettingText.Integer(t, 1, 2) },
        ["dust"] = static (v, t) => v with { Dust = SettingText.Amount(t) },
        ["dustNotional"] = static (v, t) => v with { DustNotional = SettingText.Amount(t) },
        ["makerFee"] = static (v, t) => v with { MakerFee = SettingText.Fee(t) },
        ["takerFee"] = static (v, t) => v with { TakerFee = SettingText.Fee(t) },
    };

    /// <summary>Names of the settings, for messages and the schema's test.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    /// <summary>Reads one venue's object.</summary>
    public static VenueOptions Read(string name, JsonElement venue, string place)
    {
        var options = new VenueOptions { Name = name };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in venue.EnumerateObject())
        {
            var key = $"{place}.{property.Name}";
            if (property.Name == "name")
            {
                continue;
            }

            if (!Readers.TryGetValue(property.Name, out var read))
            {
                throw new OptionsException(
                    $"{key}: unknown setting{Suggestion.For(property.Name, Readers.Keys, static n => n)}; "
                    + $"a venue has name, {string.Join(", ", Readers.Keys)}");
            }

            if (!seen.Add(property.Name))
            {
                throw new OptionsException($"{key}: stands there twice");
            }

            try
            {
                options = read(options, OptionsFile.Scalar(property.Value, key));
            }
            catch (FormatException e)
            {
                throw new OptionsException($"{key}: {e.Message}");
            }
        }

        return options;
    }

    /// <summary>What is set of a venue, as one would write it.</summary>
    public static IEnumerable<(string Name, string Value)> Show(VenueOptions venue)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        yield return ("stream", SettingText.Spelled(venue.Stream));
        yield return ("apiKeyFile", venue.ApiKeyFile ?? "none");
        yield return ("socket", venue.Socket?.ToString() ?? "default");
        yield return ("rest", venue.Rest?.ToString() ?? "default");
        yield return ("depth", venue.Depth == 0 ? "default" : venue.Depth.ToString(invariant));
        yield return ("wholeBooks", venue.WholeBooks ? "true" : "false");
        yield return ("crossCheck", venue.CrossCheck ? "true" : "false");
        yield return ("checksum", venue.Checksum is { } policy ? SettingText.Spelled(policy) : "default");
        yield return ("laneFull", venue.LaneFull is { } full ? SettingText.Spelled(full) : "default");
        yield return ("compression", SettingText.Spelled(venue.Compression));
        yield return ("connections", venue.Connections.ToString(invariant));
        yield return ("dust", venue.Dust?.ToString(invariant) ?? "default");
        yield return ("dustNotional", venue.DustNotional?.ToString(invariant) ?? "default");
        yield return ("makerFee", venue.MakerFee.ToString(invariant));
        yield return ("takerFee", venue.TakerFee.ToString(invariant));
    }

    /// <summary>Reads an address of one of two schemes.</summary>
    /// <exception cref="FormatException">It is none; says what is expected.</exception>
    internal static Uri Address(string text, string plain, string secure) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == plain || address.Scheme == secure)
            ? address
            : throw new FormatException($"'{text}' is not an address that starts with {plain}:// or {secure}://");
}

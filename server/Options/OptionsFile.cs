using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// Reads a configuration file: JSON with comments and trailing commas; unknown and repeated names are errors.
/// </summary>
internal static class OptionsFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Lays the file's settings over the draft.</summary>
    /// <exception cref="OptionsException">Names file, setting and fix.</exception>
    public static void Read(string path, OptionsDraft draft)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            ReadSection(document.RootElement, "", draft);
        }
        catch (JsonException e)
        {
            throw new OptionsException($"{path}:{e.LineNumber + 1}: not JSON: {FirstSentence(e.Message)}");
        }
        catch (InvalidOperationException e)
        {
            throw new OptionsException($"{path}: a string in it is no text: {e.Message}");   // half of a \\u pair
        }
        catch (OptionsException e)
        {
            throw new OptionsException($"{path}{FileLines.LineOf(path, e.Message)}: {e.Message}");
        }
        catch (IOException e)
        {
            throw new OptionsException($"{path}: cannot be read: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new OptionsException($"{path}: cannot be read: {e.Message}");
        }
    }

    /// <summary>The text of a string, number or boolean.</summary>
    public static string Scalar(JsonElement value, string key) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(',', Elements(value, key)),
        _ => throw new OptionsException(
            $"{key}: expected a single value, not {value.ValueKind.ToString().ToLowerInvariant()}"),
    };

    private static void ReadSection(JsonElement section, string prefix, OptionsDraft draft)
    {
        if (section.ValueKind != JsonValueKind.Object)
        {
            throw new OptionsException($"{(prefix.Length == 0 ? "the file" : prefix)}: expected an object {{...}}");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in section.EnumerateObject())
        {
            var key = prefix.Length == 0 ? property.Name : $"{prefix}.{property.Name}";
            if (!seen.Add(property.Name))
            {
                throw new OptionsException($"{key}: stands there twice");
            }

            if (key == "$schema")
            {
                continue;
            }

            if (key == "venues" && property.Value.ValueKind == JsonValueKind.Array && HasObjects(property.Value))
            {
                ReadVenues(property.Value, draft);
            }
            else if (IsSection(key))
            {
                ReadSection(property.Value, key, draft);
            }
            else
            {
                Apply(key, property.Value, draft);
            }
        }
    }

    private static void Apply(string key, JsonElement value, OptionsDraft draft)
    {
        var setting = SettingTable.Find(key) ?? throw new OptionsException(
            $"{key}: unknown setting{Suggestion.For(key, SettingTable.All, static s => s.Key)}");
        try
        {
            setting.Apply(draft, Scalar(value, key));
        }
        catch (FormatException e)
        {
            throw new OptionsException($"{key}: {e.Message}");
        }
    }

    private static void ReadVenues(JsonElement venues, OptionsDraft draft)
    {
        var names = new List<string>();
        foreach (var venue in venues.EnumerateArray())
        {
            var place = $"venues[{names.Count}]";
            if (venue.ValueKind != JsonValueKind.Object || !venue.TryGetProperty("name", out var name)
                || name.ValueKind != JsonValueKind.String)
            {
                throw new OptionsException($"{place}: expected an object with a name");
            }

            if (!VenueRegistry.TryFind(name.GetString()!, out var found))
            {
                throw new OptionsException(
                    $"{place}.name: unknown venue '{name}'"
                    + $"{Suggestion.For(name.GetString()!, VenueRegistry.All, static v => v.Profile.Name)}; "
                    + $"there are {VenueRegistry.Names}");
            }

            var known = found.Profile.Name;
            if (names.Contains(known))
            {
                throw new OptionsException($"{place}.name: {known} is named twice");
            }

            names.Add(known);
            draft.Venues[known] = VenueSettings.Read(known, venue, $"venues.{known}");
        }

        if (names.Count == 0)
        {
            throw new OptionsException($"venues: name at least one of {VenueRegistry.Names}");
        }

        draft.VenueNames = names;
        draft.AllVenues = false;
    }

    private static bool HasObjects(JsonElement array)
    {
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                return true;
            }
        }

        return array.GetArrayLength() == 0;
    }

    private static bool IsSection(string key)
    {
        foreach (var setting in SettingTable.All)
        {
            if (setting.Key.StartsWith(key + ".", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Elements(JsonElement array, string key)
    {
        foreach (var element in array.EnumerateArray())
        {
            yield return element.ValueKind == JsonValueKind.Array
                ? throw new OptionsException($"{key}: expected a list of single values")
                : Scalar(element, key);
        }
    }

    /// <summary>The reader's message without its position, which is given as file and line already.</summary>
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}

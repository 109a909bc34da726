using System;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace LowLatencyQuoter.Server.Options;

/// <summary>Finds the line of a configuration file that an error is about.</summary>
internal sealed class FileLines
{
    private static readonly JsonReaderOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private readonly string _place;
    private long _found = -1;

    private FileLines(string place) => _place = place;

    /// <summary>
    /// <c>:12</c> for an error that begins with the place of a setting (<c>engine.laneFull: ...</c>,
    /// <c>venues.kraken.depth: ...</c>, <c>venues[2].name: ...</c>), or of what it would stand in; empty when none of
    /// these is in the file.
    /// </summary>
    public static string LineOf(string path, string error)
    {
        try
        {
            return Find(path, error);
        }
        catch (InvalidOperationException)
        {
            return "";   // a string of the file, further on, is no text
        }
    }

    private static string Find(string path, string error)
    {
        var end = error.IndexOf(':', StringComparison.Ordinal);
        var file = File.ReadAllBytes(path);
        for (var place = error[..Math.Max(0, end)]; place.Length != 0; place = Parent(place))
        {
            var reader = new Utf8JsonReader(file, Lenient);
            var search = new FileLines(place);
            if (reader.Read())
            {
                search.Visit(ref reader, "");
            }

            if (search._found >= 0)
            {
                var line = file.AsSpan(0, (int)search._found).Count((byte)'\n') + 1;
                return string.Create(CultureInfo.InvariantCulture, $":{line}");
            }
        }

        return "";
    }

    private static string Parent(string place) => place[..Math.Max(0, place.LastIndexOfAny(['.', '[']))];

    /// <summary>The reader stands on a value, and afterwards on its end.</summary>
    private void Visit(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                var child = path.Length == 0 ? name : $"{path}.{name}";
                Compare(child, reader.TokenStartIndex);
                reader.Read();
                Visit(ref reader, child);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var number = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
            {
                var child = Element(reader, path, number);
                Compare(child, reader.TokenStartIndex);
                Visit(ref reader, child);
            }
        }
    }

    /// <summary>The last of several counts: it is the one that stands there twice.</summary>
    private void Compare(string path, long offset)
    {
        if (path.Equals(_place, StringComparison.OrdinalIgnoreCase))
        {
            _found = offset;
        }
    }

    /// <summary>An object in a list is called by its name, or by its number; whichever the error may mean.</summary>
    private string Element(Utf8JsonReader reader, string path, int number)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            using var element = JsonDocument.ParseValue(ref reader);
            if (element.RootElement.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String)
            {
                var named = $"{path}.{name.GetString()}";
                if (_place.StartsWith(named, StringComparison.OrdinalIgnoreCase))
                {
                    return named;
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{path}[{number}]");
    }
}

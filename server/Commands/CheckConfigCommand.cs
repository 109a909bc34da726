using System;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Json;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>Prints the effective configuration, or the error.</summary>
internal static class CheckConfigCommand
{
    public static Command Make()
    {
        var json = new Option<bool>("--json") { Description = "one JSON object on one line" };
        var settings = new SettingFlags();
        var command = new Command("check-config", "Prints the effective configuration, or says what is wrong with it.");
        settings.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var options = settings.Read(parsed);
            Console.Out.WriteLine(parsed.GetValue(json) ? Json(options) : Text(options));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Text(QuoterOptions options)
    {
        var text = new StringBuilder();
        foreach (var setting in SettingTable.All)
        {
            text.Append(setting.Key.PadRight(28)).Append(setting.Show(options)).Append('\n');
        }

        foreach (var venue in options.Venues)
        {
            foreach (var (name, value) in VenueSettings.Show(venue))
            {
                text.Append($"venues.{venue.Name}.{name}".PadRight(28)).Append(' ').Append(value).Append('\n');
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string Json(QuoterOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var setting in SettingTable.All)
            {
                writer.WriteString(setting.Key, setting.Show(options));
            }

            foreach (var venue in options.Venues)
            {
                foreach (var (name, value) in VenueSettings.Show(venue))
                {
                    writer.WriteString($"venues.{venue.Name}.{name}", value);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Replay;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>Drives captured traffic through the production path and prints what it found.</summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "capture files that form one recording",
            Arity = ArgumentArity.OneOrMore,
        };
        var venue = new Option<string>("--venue")
        {
            Description = $"whose traffic it is: {VenueRegistry.Names}",
            Required = true,
        };
        var symbols = new Option<string[]>("--symbol")
        {
            Description = "only this instrument, in the venue's spelling; may be repeated",
            DefaultValueFactory = static _ => [],
        };
        var levels = new Option<int>("--levels")
        {
            Description = "rows a side of each quote",
            DefaultValueFactory = static _ => 10,
        };
        var book = new Option<string>("--book")
        {
            Description = "what keeps the books: ladder, or reference, a slow one; the hashes must be the same",
            DefaultValueFactory = static _ => "ladder",
        };
        var depth = new Option<int>("--depth")
        {
            Description = "levels of the venue's window where the recording does not say",
        };
        var speed = new Option<string>("--speed")
        {
            Description = "max, 1, or N times faster than recorded",
            DefaultValueFactory = static _ => "max",
        };
        var json = new Option<bool>("--json") { Description = "one JSON object on the last line of stdout" };
        var command = new Command("replay", "Drives captured traffic through the production path and prints a report.")
        {
            files, venue, symbols, levels, book, depth, speed, json,
        };
        command.SetAction(parsed => Run(
            Venue(parsed.GetValue(venue)!),
            new ReplayOptions
            {
                Files = parsed.GetValue(files)!,
                Symbols = parsed.GetValue(symbols)!,
                Levels = Levels(parsed.GetValue(levels)),
                Book = Book(parsed.GetValue(book)!),
                Depth = parsed.GetValue(depth),
                Speed = Speed(parsed.GetValue(speed)!),
            },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(IVenue venue, ReplayOptions options, bool json)
    {
        using var progress = ReplayProgress.Start();
        IReadOnlyList<RecordedBook> books;
        using (var scanned = new Recording(options.Files))
        {
            books = Chosen(
                RecordingScan.Books(scanned, venue, () => progress.Show("scanning", scanned)),
                options,
                venue);
        }

        using var recording = new Recording(options.Files);
        using var session = new ReplaySession(venue, books, options);
        var report = session.Run(recording, () => progress.Show("replaying", recording));
        progress.End();
        Console.Out.WriteLine(json ? ReplayText.Json(report) : ReplayText.Plain(report));
        return report.Passed ? ExitCode.Ok : ExitCode.Failed;
    }

    private static IReadOnlyList<RecordedBook> Chosen(
        IReadOnlyList<RecordedBook> found, ReplayOptions options, IVenue venue)
    {
        if (found.Count == 0)
        {
            throw new CaptureFormatException(
                $"{string.Join(", ", options.Files)}: no book of {venue.Profile.Name} in it; "
                + "is it another venue's recording?");
        }

        if (options.Symbols.Count == 0)
        {
            return found;
        }

        var chosen = new List<RecordedBook>();
        foreach (var symbol in options.Symbols)
        {
            RecordedBook? match = null;
            foreach (var book in found)
            {
                match = book.Symbol.Equals(symbol, StringComparison.OrdinalIgnoreCase) ? book : match;
            }

            chosen.Add(match ?? throw new OptionsException(
                $"--symbol: no book of '{symbol}' in the recording"
                + Suggestion.For(symbol, found, static b => b.Symbol)));
        }

        return chosen;
    }

    private static IVenue Venue(string name) =>
        VenueRegistry.TryFind(name, out var venue)
            ? venue
            : throw new OptionsException(
                $"--venue: unknown venue '{name}'"
                + Suggestion.For(name, VenueRegistry.All, static v => v.Profile.Name)
                + $"; there are {VenueRegistry.Names}");

    private static int Levels(int levels) =>
        levels is >= 1 and <= 1_000 ? levels : throw new OptionsException($"--levels: {levels} is not from 1 to 1000");

    private static BookStructure Book(string text)
    {
        try
        {
            return SettingText.Choice<BookStructure>(text);
        }
        catch (FormatException e)
        {
            throw new OptionsException($"--book: {e.Message}");
        }
    }

    private static double Speed(string text)
    {
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed)
            && speed > 0
            ? speed
            : throw new OptionsException($"--speed: '{text}' is neither max nor a number above 0");
    }
}

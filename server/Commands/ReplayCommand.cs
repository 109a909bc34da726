using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Tardis;
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
            Description = "capture files that form one recording, or one journal",
            Arity = ArgumentArity.OneOrMore,
        };
        var venue = new Option<string>("--venue")
        {
            Description = $"whose traffic it is (a journal says so itself): {VenueRegistry.Names}",
        };
        var stream = new Option<string>("--stream")
        {
            Description = "which feed of the venue it is: json, sbe or partial, as venues[].stream was",
            DefaultValueFactory = static _ => "json",
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
        var mode = new Option<string>("--mode")
        {
            Description = "who drives books and quotes: invoker (one thread for all), shared, dedicated; "
                + "the hashes must be the same",
            DefaultValueFactory = static _ => "invoker",
        };
        var export = new Option<string?>("--export-tardis")
        {
            Description = "also write what is applied to the books as Tardis incremental_book_L2 CSV; "
                + "packed when the name ends in .gz",
        };
        var json = new Option<bool>("--json") { Description = "one JSON object on the last line of stdout" };
        var command = new Command("replay", "Drives captured traffic through the production path and prints a report.")
        {
            files, venue, stream, symbols, levels, book, depth, speed, mode, export, json,
        };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(files)!;
            if (Array.Exists(names, JournalReader.IsJournal))
            {
                var others = new Option[] { venue, stream, symbols, levels, depth, speed, mode, export };
                return RunJournal(
                    names,
                    Book(parsed.GetValue(book)!),
                    Array.Find(others, option => parsed.GetResult(option) is { Implicit: false })?.Name,
                    parsed.GetValue(json));
            }

            return RunRecording(
                Venue(parsed.GetValue(venue), parsed.GetValue(stream)!),
                new ReplayOptions
                {
                    Files = names,
                    Symbols = parsed.GetValue(symbols)!,
                    Levels = Levels(parsed.GetValue(levels)),
                    Book = Book(parsed.GetValue(book)!),
                    Depth = parsed.GetValue(depth),
                    Speed = Speed(parsed.GetValue(speed)!),
                    Mode = Mode(parsed.GetValue(mode)!),
                },
                parsed.GetValue(export),
                parsed.GetValue(json));
        });
        return command;
    }

    private static int RunJournal(string[] names, BookStructure structure, string? unfit, bool json)
    {
        if (names.Length != 1)
        {
            throw new OptionsException(
                $"{Array.Find(names, JournalReader.IsJournal)}: a journal is a run of its own; name it alone");
        }

        if (unfit is not null)
        {
            throw new OptionsException($"{unfit}: {names[0]} is a journal, which settles that; leave the flag out");
        }

        using var progress = ReplayProgress.Start();
        using var journal = new JournalReader(names[0]);
        using var replay = new JournalReplay(journal, structure);
        var report = replay.Run(() => progress.Show("replaying", journal.Progress));
        progress.End();
        if (journal.IsTruncated)
        {
            Console.Error.WriteLine($"{names[0]}: ends inside of a record; played up to there");
        }

        return Print(report, json);
    }

    private static int RunRecording(IVenue venue, ReplayOptions options, string? exportTo, bool json)
    {
        if (exportTo is null)
        {
            return Run(venue, options, json);
        }

        if (options.Mode != ThreadingMode.Invoker)
        {
            throw new OptionsException("--export-tardis: goes with --mode invoker only");
        }

        if (Array.Exists([.. options.Files], file => Path.GetFullPath(file) == Path.GetFullPath(exportTo)))
        {
            throw new OptionsException($"--export-tardis: {exportTo} is a file of the recording; choose another name");
        }

        try
        {
            using var export = new TardisExport(exportTo);
            return Run(venue, options with { Export = export }, json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"--export-tardis: cannot write {exportTo}: {e.Message}");
        }
    }

    private static int Run(IVenue venue, ReplayOptions options, bool json)
    {
        using var progress = ReplayProgress.Start();
        IReadOnlyList<RecordedBook> books;
        using (var scanned = new Recording(options.Files))
        {
            books = Chosen(
                RecordingScan.Books(scanned, venue, () => progress.Show("scanning", scanned.Progress)),
                options,
                venue);
        }

        using var recording = new Recording(options.Files);
        using var session = new ReplaySession(venue, books, options);
        var report = session.Run(recording, () => progress.Show("replaying", recording.Progress));
        progress.End();
        if (options.Export is { } export)
        {
            Console.Error.WriteLine($"{export.Rows} rows to {export.Path}");
        }

        return Print(report, json);
    }

    private static int Print(ReplayReport report, bool json)
    {
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

    private static IVenue Venue(string? name, string stream)
    {
        if (name is null)
        {
            throw new OptionsException($"--venue: whose traffic is it? There are {VenueRegistry.Names}");
        }

        if (!VenueRegistry.TryFind(name, out var venue))
        {
            throw new OptionsException(
                $"--venue: unknown venue '{name}'"
                + Suggestion.For(name, VenueRegistry.All, static v => v.Profile.Name)
                + $"; there are {VenueRegistry.Names}");
        }

        try
        {
            return VenueRegistry.TryFind(name, SettingText.Choice<VenueStream>(stream), out var feed)
                ? feed
                : throw new OptionsException($"--stream: {venue.Profile.Name} has no feed '{stream}'");
        }
        catch (FormatException e)
        {
            throw new OptionsException($"--stream: {e.Message}");
        }
    }

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

    private static ThreadingMode Mode(string text)
    {
        try
        {
            return SettingText.Choice<ThreadingMode>(text);
        }
        catch (FormatException e)
        {
            throw new OptionsException($"--mode: {e.Message}");
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

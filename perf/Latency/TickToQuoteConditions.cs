using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>What a measurement of the path from frame to quote was made under, for people.</summary>
internal static class TickToQuoteConditions
{
    /// <summary>What each stage is, by name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Stages(bool splits) => splits
        ?
        [
            new(StampTable.SplitStages[0], Schedule),
            new(StampTable.SplitStages[1], Decode),
            new(StampTable.SplitStages[2], Publish),
            new(StampTable.SplitStages[3], "taken -> applied to its book, about to be merged"),
            new(StampTable.SplitStages[4], "applied -> merged, quote complete in the quote ring"),
            new(StampTable.SplitStages[5], Total),
        ]
        :
        [
            new(StampTable.Stages[0], Schedule),
            new(StampTable.Stages[1], Decode),
            new(StampTable.Stages[2], Publish),
            new(StampTable.Stages[3], "taken -> applied, merged, quote complete in the quote ring"),
            new(StampTable.Stages[4], Total),
        ];

    private const string Schedule = "due -> decoding begins; what the reader was late, its own stalls and backlog";
    private const string Decode = "decoding begins -> decoded into the lane's slot, about to be published";
    private const string Publish = "published -> taken by the engine's thread, waiting behind others included";
    private const string Total = "due -> quote complete";

    /// <summary>The set-up, in the order to be shown.</summary>
    /// <param name="options">How the path is set up.</param>
    /// <param name="frames">Bytes of a frame, and why threads could not be pinned.</param>
    public static List<KeyValuePair<string, string>> Of(RigOptions options, string frames) =>
    [
        new("load", Text(
            $"open loop, counts from when each message was due; {options.Venues} venues by turns, {options.Lanes}")
            + " lane(s)"),
        new("messages", Text(
            $"{options.DiffLevels}-level Binance diffs of {frames} bytes; every one changes the quote")),
        new("ring", Text($"{TickToQuoteRig.LaneCapacity} slots a lane")),
        new("books", Text($"{options.Depth:#,0} levels a side")),
        new("quote", "10 rows a side"),
        new("threads",
            $"reader with sender on one core, engine on another; {ThreadText.Name(options.Cores)}"),
        new("wait strategy", ThreadText.Name(options.Wait)),
    ];

    /// <summary>The load when the measurement was over.</summary>
    public static KeyValuePair<string, string> LoadAfter => new("load average after", MachineReading.LoadAverages());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

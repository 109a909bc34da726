using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>One venue message as a test writes it.</summary>
internal sealed record Message(EventKind Kind)
{
    public int Book { get; init; }

    public long First { get; init; }

    public long Last { get; init; }

    public int PriceScale { get; init; }

    public int QuantityScale { get; init; }

    public uint? Checksum { get; init; }

    public ChecksumAlgorithm Algorithm { get; init; } = ChecksumAlgorithm.CrcOfTenLevelDigits;

    public FaultCode Fault { get; init; }

    /// <summary>Of a snapshot: which wish it answers; 0: nobody's.</summary>
    public long Wish { get; init; }

    /// <summary>Beside what its place in the message says.</summary>
    public EventFlags Flags { get; init; }

    /// <summary>When it came, where a buffer has to remember that.</summary>
    public long Nanos { get; init; }

    public IReadOnlyList<(Side Side, long Price, long Quantity)> Levels { get; init; } = [];

    /// <summary>A snapshot with levels such as <c>99x1 98x2 | 101x1</c>: bids, then asks.</summary>
    public static Message Snapshot(long id, string levels) =>
        new(EventKind.Snapshot) { First = id, Last = id, Levels = Parse(levels) };

    /// <summary>An update with its ids; quantity 0 deletes.</summary>
    public static Message Update(long first, long last, string levels) =>
        new(EventKind.Update) { First = first, Last = last, Levels = Parse(levels) };

    /// <summary>A top of book that another feed states.</summary>
    public static Message Top(long id, string levels) =>
        new(EventKind.TopOfBook) { First = id, Last = id, Levels = Parse(levels) };

    private static List<(Side Side, long Price, long Quantity)> Parse(string text)
    {
        var levels = new List<(Side, long, long)>();
        var side = Side.Bid;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "|")
            {
                side = Side.Ask;
                continue;
            }

            var parts = word.Split('x');
            levels.Add((side, long.Parse(parts[0], CultureInfo.InvariantCulture),
                long.Parse(parts[1], CultureInfo.InvariantCulture)));
        }

        return levels;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// The rules of the book handler and the quote written as plainly as possible: whole messages, sorted dictionaries of
/// decimals, everything sorted anew each time. Oracle of the model test.
/// </summary>
internal sealed class ReferenceHandler(int levels, IEnumerable<BookDefinition> definitions)
{
    public IReadOnlyList<ReferenceVenue> Venues { get; } =
        [.. definitions.Select(static each => new ReferenceVenue(each))];

    public void Handle(Message message, long nanos)
    {
        var venue = Venues[message.Book];
        switch (message.Kind)
        {
            case EventKind.Connecting:
                Forget(venue);
                venue.Reached = venue.Definition.ChainRule == ChainRule.Rising ? venue.Reached : 0;
                Enter(venue, BookState.Connecting);
                break;
            case EventKind.Subscribed:
                Forget(venue);
                Enter(venue, BookState.Buffering);
                venue.Wanted += venue.Definition.SnapshotSource == SnapshotSource.Rest ? 1 : 0;
                break;
            case EventKind.Disconnected:
                Forget(venue);
                Enter(venue, BookState.Disconnected);
                break;
            case EventKind.Fault when venue.State is not (BookState.Disconnected or BookState.Connecting):
                venue.Gaps += message.Fault == FaultCode.Gap ? 1 : 0;
                venue.Faults += message.Fault == FaultCode.Gap ? 0 : 1;
                Break(venue, BookState.Gapped);
                break;
            case EventKind.Update:
                OnUpdate(venue, message, nanos);
                break;
            case EventKind.Snapshot:
                OnSnapshot(venue, message, nanos);
                break;
        }

        CheckGrace(nanos);
    }

    /// <summary>Live books that have been crossed for longer than their grace are doubted.</summary>
    public void CheckGrace(long nanos)
    {
        foreach (var venue in Venues)
        {
            if (venue.State == BookState.Live && nanos - venue.CrossedSince > venue.Definition.CrossedGraceNanos)
            {
                venue.Faults++;
                Break(venue, BookState.Suspect);
            }
        }
    }

    /// <summary>The quote as <see cref="Scenario.NewQuotes"/> writes it.</summary>
    public string Quote()
    {
        var live = Venues.Where(static venue => venue.State == BookState.Live).ToArray();
        var priceScale = live.Select(static venue => venue.PriceScale).DefaultIfEmpty().Max();
        var quantityScale = live.Select(static venue => venue.QuantityScale).DefaultIfEmpty().Max();
        return $"{Rows(live, Side.Bid, priceScale, quantityScale)}| {Rows(live, Side.Ask, priceScale, quantityScale)}"
            + $"/ {priceScale} {quantityScale} / {string.Join(' ', Venues.Select(static venue => venue.State))}";
    }

    private static bool IsByRest(ReferenceVenue venue) =>
        venue.Definition.SnapshotSource == SnapshotSource.Rest
        && venue.Definition.ChainRule is ChainRule.Contiguous or ChainRule.Consecutive or ChainRule.Rising;

    private static bool IsRising(ReferenceVenue venue) => venue.Definition.ChainRule == ChainRule.Rising;

    private static void Forget(ReferenceVenue venue)
    {
        NoteReached(venue);
        venue.Waiting.Clear();
        venue.Held = null;
        venue.IsTentative = false;
    }

    private static void NoteReached(ReferenceVenue venue)
    {
        if (venue.State == BookState.Live && !venue.IsTentative)
        {
            venue.Reached = Math.Max(venue.Reached, venue.LastUpdateId);
        }
    }

    private static void OnUpdate(ReferenceVenue venue, Message message, long nanos)
    {
        if (venue.State == BookState.Live && venue.IsTentative
            && (IsRising(venue) ? message.Last > venue.LastUpdateId : message.Last < venue.LastUpdateId))
        {
            venue.SnapshotsUnproven++;
            venue.Faults++;
            Break(venue, BookState.Gapped);
        }

        venue.IsTentative = false;
        if (venue.State == BookState.Live)
        {
            var verdict = Judge(venue, message);
            switch (verdict)
            {
                case "old":
                    venue.Ignored++;
                    return;
                case "gap":
                    venue.Gaps++;
                    Break(venue, BookState.Gapped);
                    break;
                default:
                    venue.Unproven += verdict == "unproven" ? 1 : 0;
                    venue.Updates++;
                    Apply(venue, message, nanos);
                    return;
            }
        }

        var kept = venue.Definition.SnapshotSource == SnapshotSource.Rest
            && venue.State is not (BookState.Disconnected or BookState.Connecting);
        if (kept)
        {
            venue.Waiting.Add(message with { Nanos = nanos });
            LookAtHeld(venue, message, nanos);
        }
        else
        {
            venue.Ignored++;
        }
    }

    private static void LookAtHeld(ReferenceVenue venue, Message message, long nanos)
    {
        if (venue.Held is not { } held)
        {
            return;
        }

        venue.Behind++;
        if (IsRising(venue) ? message.Last > held : message.Last < held && venue.Behind > 64)
        {
            venue.SnapshotsUnproven++;
            venue.Bids.Clear();
            venue.Asks.Clear();
            venue.Held = null;
        }
        else if (IsRising(venue) || message.Last >= held)
        {
            NoteCrossed(venue, nanos);
            CatchUp(venue);
        }
    }

    private static void OnSnapshot(ReferenceVenue venue, Message message, long nanos)
    {
        if (venue.Definition.SnapshotSource == SnapshotSource.Rest
            && (venue.State is BookState.Disconnected or BookState.Connecting or BookState.Live
                || (message.Wish != 0 && message.Wish != venue.Wanted)))
        {
            venue.Ignored++;
            return;
        }

        var isJudged = message.Wish != 0 && IsByRest(venue);
        if (isJudged && venue.Refusals < 8 && (message.Last < venue.Reached
            || (IsRising(venue) && venue.Waiting.Count != 0 && message.Last < venue.Waiting[0].Last)))
        {
            venue.Refusals++;
            venue.TooOld++;
            venue.Wanted++;
            venue.Ignored++;
            return;
        }

        venue.Bids.Clear();
        venue.Asks.Clear();
        (venue.PriceScale, venue.QuantityScale) = (message.PriceScale, message.QuantityScale);
        venue.Snapshots++;
        if (!Apply(venue, message, nanos))
        {
            return;
        }

        var isProven = !isJudged || (IsRising(venue)
            ? venue.Waiting.Count != 0
            : venue.Waiting.Any(waiting => waiting.Last >= message.Last));
        venue.IsTentative = !isProven && venue.Behind == 0
            && (IsRising(venue) ? message.Last >= venue.Held : message.Last == venue.Held);
        if (isProven || venue.IsTentative)
        {
            venue.Held = null;
            CatchUp(venue);
            return;
        }

        venue.SnapshotsUnproven += venue.Held is null ? 0 : 1;
        venue.Held = message.Last;
        venue.Behind = 0;
        venue.Wanted++;
        venue.CrossedSince = null;
    }

    private static void CatchUp(ReferenceVenue venue)
    {
        var wasHeld = venue.Held is not null;
        venue.Held = null;
        foreach (var waiting in venue.Waiting.ToArray())
        {
            var verdict = Judge(venue, waiting);
            if (verdict == "gap" && ReferenceEquals(waiting, venue.Waiting[0]))
            {
                venue.TooOld++;
                venue.Wanted += wasHeld ? 0 : 1;
                venue.Bids.Clear();
                venue.Asks.Clear();
                venue.CrossedSince = null;
                return;
            }

            if (verdict == "gap")
            {
                venue.Gaps++;
                Break(venue, BookState.Gapped);
                venue.Waiting.RemoveRange(0, venue.Waiting.IndexOf(waiting));
                return;
            }

            if (verdict == "old")
            {
                venue.Ignored++;
                continue;
            }

            venue.Updates++;
            if (!Apply(venue, waiting, waiting.Nanos))
            {
                return;
            }
        }

        venue.Waiting.Clear();
        if (venue.State == BookState.Suspect && venue.CrossedSince is not null)
        {
            venue.CrossedSince = null;
            venue.Reached = Math.Max(venue.Reached, venue.LastUpdateId);
            venue.Wanted += venue.Definition.SnapshotSource == SnapshotSource.EveryMessage ? 0 : 1;
            return;
        }

        venue.Refusals = 0;
        venue.Reached = venue.IsTentative && IsRising(venue) ? Math.Max(venue.Reached, venue.LastUpdateId) : 0;
        venue.Resyncs += venue.Faulted ? 1 : 0;
        venue.Faulted = false;
        Enter(venue, BookState.Live);
    }

    private static string Judge(ReferenceVenue venue, Message message) => venue.Definition.ChainRule switch
    {
        ChainRule.None => "next",
        ChainRule.Consecutive when venue.Follows => message.First == venue.LastUpdateId + 1 ? "next" : "gap",
        ChainRule.Linked when venue.LastUpdateId == 0 => "unproven",
        ChainRule.Linked when message.First == venue.LastUpdateId => "next",
        ChainRule.Linked => message.Last == venue.LastUpdateId ? "old" : "gap",
        ChainRule.Successive when message.Last == venue.LastUpdateId + 1 => "next",
        ChainRule.Successive => message.Last == venue.LastUpdateId ? "old" : "gap",
        _ when message.Last <= venue.LastUpdateId => "old",
        ChainRule.Contiguous or ChainRule.Consecutive when message.First > venue.LastUpdateId + 1 => "gap",
        _ => "next",
    };

    private static bool Apply(ReferenceVenue venue, Message message, long nanos)
    {
        venue.PriceScale = Math.Max(venue.PriceScale, message.PriceScale);
        venue.QuantityScale = Math.Max(venue.QuantityScale, message.QuantityScale);
        foreach (var (side, price, quantity) in message.Levels)
        {
            var levels = side == Side.Bid ? venue.Bids : venue.Asks;
            levels.Remove(price / Ten(message.PriceScale));
            if (quantity != 0)
            {
                levels[price / Ten(message.PriceScale)] = quantity / Ten(message.QuantityScale);
            }
        }

        foreach (var levels in new[] { venue.Bids, venue.Asks })
        {
            var window = venue.Definition.WindowLevels == 0 ? int.MaxValue : venue.Definition.WindowLevels;
            foreach (var price in levels.Keys.Skip(window).ToArray())
            {
                levels.Remove(price);
            }
        }

        venue.LastUpdateId = message.Last;
        if (message.Checksum is { } checksum && venue.Definition.ChecksumPolicy != ChecksumPolicy.Off)
        {
            venue.Checked++;
            var right = checksum == (message.Algorithm == ChecksumAlgorithm.CrcOfInterleavedText
                ? InterleavedChecksum(venue)
                : Checksum(venue));
            venue.Matched += right ? 1 : 0;
            if (!right && venue.Definition.ChecksumPolicy == ChecksumPolicy.Enforce)
            {
                Break(venue, BookState.Gapped);
                return false;
            }
        }

        venue.Follows = message.Kind == EventKind.Update;
        NoteCrossed(venue, nanos);
        return true;
    }

    private static void NoteCrossed(ReferenceVenue venue, long nanos)
    {
        var crossed = venue.Bids.Count != 0 && venue.Asks.Count != 0
            && venue.Bids.First().Key >= venue.Asks.First().Key;
        venue.CrossedSince = crossed ? venue.CrossedSince ?? nanos : null;
    }

    /// <summary>The checksum over the printed text of the ten best levels a side.</summary>
    public static uint Checksum(ReferenceVenue venue)
    {
        var text = new StringBuilder();
        foreach (var (price, quantity) in venue.Asks.Take(10).Concat(venue.Bids.Take(10)))
        {
            text.Append(((long)(price * Ten(venue.PriceScale))).ToString(CultureInfo.InvariantCulture));
            text.Append(((long)(quantity * Ten(venue.QuantityScale))).ToString(CultureInfo.InvariantCulture));
        }

        var crc = Crc32.Begin();
        crc.Append(Encoding.ASCII.GetBytes(text.ToString()));
        return crc.Value;
    }

    /// <summary>The checksum over the text of the 25 best levels a side by turns.</summary>
    public static uint InterleavedChecksum(ReferenceVenue venue)
    {
        var parts = new List<string>();
        for (var rank = 0; rank < 25; rank++)
        {
            foreach (var (price, quantity) in venue.Bids.Skip(rank).Take(1).Concat(venue.Asks.Skip(rank).Take(1)))
            {
                parts.Add(price.ToString("0.##################", CultureInfo.InvariantCulture));
                parts.Add(quantity.ToString("0.##################", CultureInfo.InvariantCulture));
            }
        }

        return InterleavedChecksum(string.Join(':', parts));
    }

    /// <summary>The checksum of a text.</summary>
    public static uint InterleavedChecksum(string text)
    {
        var crc = Crc32.Begin();
        crc.Append(Encoding.ASCII.GetBytes(text));
        return crc.Value;
    }

    private static void Break(ReferenceVenue venue, BookState state)
    {
        NoteReached(venue);
        venue.Faulted = true;
        venue.Held = null;
        venue.Wanted++;
        Enter(venue, state);
    }

    private static void Enter(ReferenceVenue venue, BookState state)
    {
        venue.State = state;
        if (state != BookState.Live)
        {
            venue.CrossedSince = null;
        }
    }

    private string Rows(IEnumerable<ReferenceVenue> live, Side side, int priceScale, int quantityScale)
    {
        var rows = live
            .SelectMany(venue => (side == Side.Bid ? venue.Bids : venue.Asks)
                .Where(level => level.Value >= venue.Definition.DustQuantity / Ten(venue.Definition.DustScale))
                .Select(level => (Price: level.Key, Quantity: level.Value, Member: IndexOf(venue))))
            .OrderBy(row => side == Side.Bid ? -row.Price : row.Price)
            .ThenByDescending(static row => row.Quantity)
            .ThenBy(static row => row.Member)
            .Take(levels);
        var (price, quantity) = (Ten(priceScale), Ten(quantityScale));
        return string.Concat(
            rows.Select(row => $"{(long)(row.Price * price)}x{(long)(row.Quantity * quantity)}@{row.Member} "));
    }

    private int IndexOf(ReferenceVenue venue) =>
        Enumerable.Range(0, Venues.Count).First(index => Venues[index] == venue);

    private static decimal Ten(int scale) => (decimal)Math.Pow(10, scale);
}

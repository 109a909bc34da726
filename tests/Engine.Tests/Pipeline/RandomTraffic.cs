using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// Messages of several venues as they come on a bad day: gaps, repetitions, late and early snapshots, crossed books,
/// wrong checksums, finer values, large messages, disconnections.
/// </summary>
internal sealed class RandomTraffic(Random random, IReadOnlyList<ReferenceVenue> venues)
{
    private readonly long[] _ids = [.. venues.Select(static _ => 100L)];

    /// <summary>The next message of any venue.</summary>
    public Message Next()
    {
        var book = random.Next(venues.Count);
        var kind = random.Next(100) switch
        {
            < 3 => EventKind.Disconnected,
            < 5 => EventKind.Connecting,
            < 8 => EventKind.Subscribed,
            < 10 => EventKind.Fault,
            < 14 => EventKind.TopOfBook,
            < 30 => EventKind.Snapshot,
            _ => EventKind.Update,
        };

        // Most days begin with a subscription.
        kind = venues[book].State is BookState.Disconnected or BookState.Connecting && random.Next(3) != 0
            ? EventKind.Subscribed
            : kind;
        var fault = kind != EventKind.Fault ? FaultCode.None
            : random.Next(3) == 0 ? FaultCode.Gap
            : FaultCode.RingFull;
        var message = new Message(kind) { Book = book, Fault = fault };
        return kind is EventKind.Update or EventKind.Snapshot or EventKind.TopOfBook ? Fill(message) : message;
    }

    private Message Fill(Message message)
    {
        var (first, last) = Ids(message);
        var fine = random.Next(25) == 0;
        message = message with
        {
            First = first,
            Last = last,
            PriceScale = (message.Book % 2) + (fine ? 1 : 0),
            QuantityScale = fine ? 2 : message.Book % 3,
            Levels = message.Kind == EventKind.TopOfBook ? [(Side.Bid, 500, 1), (Side.Ask, 501, 1)] : [],
        };
        if (message.Kind != EventKind.TopOfBook)
        {
            message = message with { Levels = Levels(message) };
        }

        var venue = venues[message.Book];
        if (message.Kind == EventKind.Snapshot && venue.Definition.SnapshotSource == SnapshotSource.Rest)
        {
            // What was asked for, now and then asked for before a fault, or nobody knows whether it was.
            message = message with { Wish = random.Next(3) == 0 ? 0 : venue.Wanted - (random.Next(12) == 0 ? 1 : 0) };
            var ahead = message.Wish != 0 && random.Next(6) == 0 ? 1_000 : 0;   // as of another book
            message = message with { First = message.First + ahead, Last = message.Last + ahead };
        }

        var rule = venue.Definition.ChainRule;
        message = message with
        {
            Algorithm = rule == ChainRule.Linked
                ? ChecksumAlgorithm.CrcOfInterleavedText
                : ChecksumAlgorithm.CrcOfTenLevelDigits,
        };
        return (venue.Definition.WindowLevels != 0 || rule == ChainRule.Linked) && random.Next(2) == 0
            ? message with { Checksum = random.Next(4) == 0 ? 0xBAD : Expected(venue, message) }
            : message;
    }

    private (long First, long Last) Ids(Message message)
    {
        ref var id = ref _ids[message.Book];
        switch (venues[message.Book].Definition.ChainRule)
        {
            case ChainRule.Linked:
                return LinkedIds(message.Kind, ref id);
            case ChainRule.Successive:
                var step = random.Next(12) switch { 0 => -1, 1 => 0, 2 => 2, _ => 1 };
                id += message.Kind == EventKind.TopOfBook ? 0 : step;
                return (id, id);
        }

        if (message.Kind != EventKind.Update)
        {
            return (id + random.Next(-6, 2), id + random.Next(-6, 2));
        }

        var (missing, repeated) = (random.Next(12) == 0, random.Next(12) == 0);
        var first = id + 1 + (missing ? random.Next(1, 4) : 0) - (repeated ? random.Next(1, 6) : 0);
        var last = Math.Max(first, first + random.Next(3));
        id = Math.Max(id, last);
        return (first, last);
    }

    /// <summary>Jumping, resting, falling, repeated, broken, and now and then none at all.</summary>
    private (long First, long Last) LinkedIds(EventKind kind, ref long id)
    {
        var before = id;
        id = random.Next(6) == 0 ? 0 : random.Next(10) switch
        {
            0 => id,
            1 => Math.Max(1, id - 50),
            _ => id + random.Next(1, 20),
        };
        return kind != EventKind.Update ? (-1, id)
            : id == 0 ? (0, 0)
            : (random.Next(12) == 0 ? before - 3 : before, id);
    }

    private (Side Side, long Price, long Quantity)[] Levels(Message message)
    {
        var unit = (long)Math.Pow(10, message.PriceScale);
        var count = random.Next(20) == 0 ? random.Next(60, 180) : random.Next(8);
        var crossing = random.Next(15) == 0 ? 6 : 0;
        var levels = new (Side, long, long)[count];
        for (var level = 0; level < count; level++)
        {
            var isBid = random.Next(2) == 0;
            var distance = random.NextInt64(1, 40 * unit) - (crossing * unit);
            var quantity = message.Kind == EventKind.Update && random.Next(3) == 0 ? 0 : random.Next(1, 30);
            levels[level] = (isBid ? Side.Bid : Side.Ask, (500 * unit) + (isBid ? -distance : distance), quantity);
        }

        return levels;
    }

    /// <summary>
    /// The checksum that the venue would state if the book were right: of a copy with the message applied.
    /// </summary>
    private static uint Expected(ReferenceVenue venue, Message message)
    {
        var handler = new ReferenceHandler(10, [venue.Definition with { ChecksumPolicy = ChecksumPolicy.Off }]);
        var copy = handler.Venues[0];
        copy.State = BookState.Live;
        (copy.PriceScale, copy.QuantityScale) = (venue.PriceScale, venue.QuantityScale);
        foreach (var (price, quantity) in venue.Bids)
        {
            copy.Bids[price] = quantity;
        }

        foreach (var (price, quantity) in venue.Asks)
        {
            copy.Asks[price] = quantity;
        }

        handler.Handle(message with { Book = 0, Checksum = null }, 0);
        return message.Algorithm == ChecksumAlgorithm.CrcOfInterleavedText
            ? ReferenceHandler.InterleavedChecksum(copy)
            : ReferenceHandler.Checksum(copy);
    }
}

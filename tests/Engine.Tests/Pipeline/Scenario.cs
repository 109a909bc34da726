using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// A whole pipeline on the caller's thread and a manual clock. Every message goes through the lane; a millisecond
/// passes between two messages.
/// </summary>
internal sealed class Scenario : IDisposable
{
    private readonly ManualClock _clock = new() { Nanos = 1_000_000_000 };
    private long _read = -1;

    public Scenario(params BookDefinition[] books)
        : this(10, books)
    {
    }

    public Scenario(int levels, params BookDefinition[] books)
        : this(BookStructure.Ladder, levels, books)
    {
    }

    public Scenario(BookStructure structure, int levels, params BookDefinition[] books)
        : this((table, options, clock) => QuoterPipeline.Make(structure, table, options, clock), levels, books)
    {
    }

    public Scenario(
        Func<BookTable, PipelineOptions, ManualClock, QuoterPipeline> make, int levels, params BookDefinition[] books)
    {
        var instruments = books.Max(static book => book.Instrument) + 1;
        Table = new BookTable([.. Enumerable.Range(0, instruments).Select(static number => $"I{number}")], books);
        var options = new PipelineOptions
        {
            Lanes = 1,
            Levels = levels,
            LaneCapacity = 64,
            QuoteCapacity = 64,
            EngineSleeps = false,
            PublisherSleeps = false,
        };
        Pipeline = make(Table, options, _clock);
        Reader = new QuoteReader(Pipeline.Quotes[0]);
    }

    public BookTable Table { get; }

    public QuoterPipeline Pipeline { get; }

    public QuoteReader Reader { get; }

    /// <summary>A book's levels as they stand.</summary>
    public BookCopy Book(int book = 0) => Pipeline.CopyOf(book);

    public BookStatus Status => Table.Statuses[0];

    public BookState State => Status.State;

    public long Nanos => _clock.Nanos;

    public long QuoteCount => Pipeline.Quotes[0].Cursor + 1;

    /// <summary>A book fed by REST snapshots and contiguous updates.</summary>
    public static BookDefinition Rest { get; } = new()
    {
        Venue = "binance",
        Symbol = "BTCUSDT",
        Instrument = 0,
        ChainRule = ChainRule.Contiguous,
        SnapshotSource = SnapshotSource.Rest,
    };

    /// <summary>A book fed by the socket alone, with checksums.</summary>
    public static BookDefinition Socket { get; } = new()
    {
        Venue = "kraken",
        Symbol = "BTC/USDT",
        Instrument = 0,
        ChainRule = ChainRule.None,
        SnapshotSource = SnapshotSource.Socket,
    };

    /// <summary>A book of which each message is the whole.</summary>
    public static BookDefinition Whole { get; } = new()
    {
        Venue = "bitstamp",
        Symbol = "btcusdt",
        Instrument = 0,
        ChainRule = ChainRule.Rising,
        SnapshotSource = SnapshotSource.EveryMessage,
    };

    /// <summary>Connects and subscribes a book.</summary>
    public Scenario Subscribe(int book = 0) =>
        Send(new Message(EventKind.Connecting) { Book = book }).Send(new Message(EventKind.Subscribed) { Book = book });

    /// <summary>Subscribes and applies a first snapshot.</summary>
    public Scenario GoLive(long id, string levels, int book = 0) =>
        Subscribe(book).Send(Message.Snapshot(id, levels) with { Book = book });

    /// <summary>Lets time pass without a message.</summary>
    public Scenario Wait(long millis)
    {
        _clock.Nanos += millis * 1_000_000;
        Pipeline.DoWork();
        return this;
    }

    /// <summary>Fills the message into the lane and lets the pipeline take it.</summary>
    public Scenario Send(Message message, int afterMillis = 1)
    {
        _clock.Nanos += afterMillis * 1_000_000;
        var lane = Pipeline.Lanes[0];
        Assert.That(lane.TryBegin(message.Book, message.Kind), Is.True);
        lane.Current.Flags |= message.Flags;
        lane.Current.PriceScale = (byte)message.PriceScale;
        lane.Current.QuantityScale = (byte)message.QuantityScale;
        foreach (var (side, price, quantity) in message.Levels)
        {
            Assert.That(lane.TryAdd(side, price, quantity), Is.True);
        }

        ref var last = ref lane.Current;
        last.FirstUpdateId = message.First;
        last.LastUpdateId = message.Last;
        last.Fault = message.Fault;
        last.SnapshotWish = message.Wish;
        last.ReceivedNanos = _clock.Nanos;
        last.VenueUnixNanos = _clock.Nanos + 5;
        if (message.Checksum is { } checksum)
        {
            last.Checksum = checksum;
            last.ChecksumAlgorithm = message.Algorithm;
        }

        var slots = lane.OpenSlots;
        lane.Commit(_clock.Nanos);
        Assert.That(Pipeline.DoWork(), Is.EqualTo(slots));
        return this;
    }

    /// <summary>The latest quote as text, with the member behind each row: <c>99x1@0 | 101x1@0</c>.</summary>
    public string Quote()
    {
        Assert.That(Reader.TryReadLatest(), Is.True, "there is no quote");
        return $"{Text(Reader.Bids)}| {Text(Reader.Asks)}".Trim();
    }

    /// <summary>The quotes published since this was called last, as text with the members' states.</summary>
    public IReadOnlyList<string> NewQuotes()
    {
        var quotes = new List<string>();
        while (Reader.TryRead(_read + 1))
        {
            _read++;
            Assert.That(Reader.Header.Sequence, Is.EqualTo(_read));
            var states = Enumerable.Range(0, Reader.Header.MemberCount)
                .Select(index => Reader.Header.Member(index).State);
            quotes.Add(
                $"{Text(Reader.Bids)}| {Text(Reader.Asks)}/ {Reader.Header.PriceScale} {Reader.Header.QuantityScale} / "
                + string.Join(' ', states));
        }

        return quotes;
    }

    /// <summary>Every notice since this was called last.</summary>
    public IReadOnlyList<Notice> Notices()
    {
        var notices = new List<Notice>();
        while (Pipeline.Notices.TryTake(out var notice))
        {
            notices.Add(notice);
        }

        return notices;
    }

    /// <inheritdoc/>
    public void Dispose() => Pipeline.Dispose();

    private static string Text(ReadOnlySpan<QuoteRow> rows)
    {
        var text = "";
        foreach (ref readonly var row in rows)
        {
            text += $"{row.Price}x{row.Quantity}@{row.Member} ";
        }

        return text;
    }
}

using System;
using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Replay;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Journal;

/// <summary>
/// Three venues that send at random, each from a thread of its own, an engine and a journal on theirs; and the same run
/// from its journal on the caller's.
/// </summary>
internal static class LiveRun
{
    public const int Venues = 3;
    private const int QuoteCapacity = 1 << 16;

    public static BookTable Table() => new(["BTC/USDT"], [.. Books()]);

    /// <summary>Runs it and journals it; state hash, quote hash and the count of events.</summary>
    public static (string State, string Quotes, long Quoted, long Events) Live(
        JournalWriter journal, BookTable table, int seed)
    {
        Exception? fatal = null;
        using var pipeline = new QuoterPipeline<MonotonicClock>(
            table,
            new PipelineOptions
            {
                Lanes = Venues,
                LaneCapacity = 64,
                QuoteCapacity = QuoteCapacity,
                Followers = 1,
            },
            default);
        var follower = pipeline.Follow(0, journal);
        using var journaling = new AgentThread(
            "journal", follower, WaitStrategyKind.Blocking, follower.Signal, -1, e => fatal = e);
        using var engine = new AgentThread(
            "engine", pipeline, WaitStrategyKind.Blocking, pipeline.EngineSignal, -1, e => fatal = e);
        journaling.Start();
        engine.Start();
        var senders = new Thread[Venues];
        for (var venue = 0; venue < Venues; venue++)
        {
            var own = venue;
            senders[venue] = new Thread(() => Send(pipeline.Lanes[own], own, new Random(seed + own)));
            senders[venue].Start();
        }

        Array.ForEach(senders, sender => Assert.That(sender.Join(30_000), Is.True, "a sender hangs"));
        Thread.Sleep(30);   // lets the engine doubt what is crossed by the clock; the result does not rest on it
        engine.Dispose();   // in order: everything that was published is consumed
        journaling.Dispose();
        journal.Dispose();
        Assert.That(fatal, Is.Null);
        var quotes = HashOf(pipeline.Quotes[0], 0, out var quoted);
        return (StateHash.Compute(table, pipeline.CopyBooks()), quotes, quoted, pipeline.EventCount);
    }

    /// <summary>Plays the journal.</summary>
    public static (string State, string Quotes, long Quoted, long Events) Replay(string path, BookStructure structure)
    {
        using var journal = new JournalReader(path);
        using var replay = new JournalReplay(journal, structure);
        var events = 0L;
        var report = replay.Run(() => events += journal.Kind == JournalRecordKind.Event ? 1 : 0);
        Assert.That(journal.IsTruncated, Is.False);
        return (report.StateHash, report.QuoteHash, report.Quotes, events);
    }

    private static string HashOf(QuoteRing quotes, long from, out long count)
    {
        using var hash = new QuoteHash();
        var reader = new QuoteReader(quotes);
        for (count = from; count <= quotes.Cursor; count++)
        {
            Assert.That(reader.TryRead(count), Is.True, "the ring holds every quote of the run");
            hash.Add(reader);
        }

        Assert.That(count, Is.GreaterThan(500), "quotes");
        return hash.Current();
    }

    private static IEnumerable<BookDefinition> Books()
    {
        for (var venue = 0; venue < Venues; venue++)
        {
            yield return new BookDefinition
            {
                Venue = $"venue{venue}",
                Symbol = "BTCUSDT",
                Instrument = 0,
                ChainRule = venue == 0 ? ChainRule.Rising : ChainRule.None,
                SnapshotSource = SnapshotSource.Socket,
                CrossedGraceNanos = 2_000_000,
            };
        }
    }

    /// <summary>
    /// Messages of one part and of several, on coarse and fine scales, faults, and books that are crossed for a while.
    /// </summary>
    private static void Send(DepthLane lane, int book, Random random)
    {
        Announce(lane, book, EventKind.Connecting);
        Announce(lane, book, EventKind.Subscribed);
        Write(lane, book, EventKind.Snapshot, 1, random);
        for (var id = 2; id < 4_000; id++)
        {
            if (random.Next(300) == 0)
            {
                Announce(lane, book, EventKind.Fault);
            }

            if (random.Next(400) == 0)
            {
                Thread.Sleep(3);   // a moment for the clock to doubt a crossed book; nothing rests on it
            }

            Write(lane, book, random.Next(60) == 0 ? EventKind.Snapshot : EventKind.Update, id, random);
        }
    }

    private static void Write(DepthLane lane, int book, EventKind kind, long id, Random random)
    {
        Begin(lane, book, kind);
        var fine = random.Next(3) == 0 ? 1 : 0;
        lane.Current.PriceScale = (byte)(1 + fine);
        lane.Current.QuantityScale = (byte)(2 + fine);
        var power = fine == 0 ? 1 : 10;
        var levels = kind == EventKind.Snapshot ? 30 : random.Next(40) == 0 ? 150 : random.Next(1, 8);
        var shift = random.Next(50) == 0 ? 40 : 0;   // beyond the other side: crossed
        for (var level = 0; level < levels; level++)
        {
            var isBid = random.Next(2) == 0;
            var price = isBid ? 1_000 - random.Next(1, 60) + shift : 1_000 + random.Next(1, 60);
            var quantity = kind == EventKind.Snapshot ? random.Next(1, 50) : random.Next(0, 50);
            while (!lane.TryAdd(isBid ? Side.Bid : Side.Ask, price * power, quantity * power))
            {
                Thread.Yield();
            }
        }

        ref var last = ref lane.Current;
        last.FirstUpdateId = id;
        last.LastUpdateId = id;
        last.ReceivedNanos = MonotonicClock.Nanos();
        lane.Commit(MonotonicClock.Nanos());
    }

    private static void Announce(DepthLane lane, int book, EventKind kind)
    {
        Begin(lane, book, kind);
        lane.Current.Fault = kind == EventKind.Fault ? FaultCode.MalformedMessage : FaultCode.None;
        lane.Current.ReceivedNanos = MonotonicClock.Nanos();
        lane.Commit(MonotonicClock.Nanos());
    }

    private static void Begin(DepthLane lane, int book, EventKind kind)
    {
        while (!lane.TryBegin(book, kind))
        {
            Thread.Yield();
        }
    }
}

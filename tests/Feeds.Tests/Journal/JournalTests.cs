using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Tests.Live;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Journal;

public sealed class JournalTests
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"quoter-journal-{Guid.NewGuid():N}");

    [TearDown]
    public void RemoveFiles()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public void RunOnThreadsIsRepeatedExactlyFromItsJournal()
    {
        var seed = Seeded.Random().Next();
        var table = LiveRun.Table();
        var journal = JournalWriter.Create(_folder, JournalHeader.Of(table, 10), new LogLines());
        var live = LiveRun.Live(journal, table, seed);

        Assert.That(LiveRun.Replay(journal.Name, BookStructure.Ladder), Is.EqualTo(live));
        Assert.That(LiveRun.Replay(journal.Name, BookStructure.Reference), Is.EqualTo(live));
        Assert.That(journal.Events, Is.EqualTo(live.Events));
        Assert.That(new FileInfo(journal.Name).Length, Is.GreaterThan(journal.Bytes));
        Assert.That(table.Statuses.Sum(status => status.Widened), Is.GreaterThan(0), "scales were mixed");
        Assert.That(table.Statuses.Sum(status => status.Resyncs), Is.GreaterThan(0), "books broke and came back");
        Assert.That(table.Statuses.Sum(status => status.Crossed), Is.GreaterThan(0), "books were crossed");
    }

    [Test]
    public void DoubtByTheClockAloneIsRepeated()
    {
        var table = LiveRun.Table();
        var clock = new ManualClock { Nanos = 1_000 };
        using var pipeline = new QuoterPipeline<ManualClock>(
            table, new PipelineOptions { Lanes = LiveRun.Venues, Followers = 1 }, clock);
        var journal = JournalWriter.Create(_folder, JournalHeader.Of(table, 10), new LogLines());
        var follower = pipeline.Follow(0, journal);
        Send(pipeline.Lanes[1], 1, EventKind.Snapshot, 105, 100);
        pipeline.DoWork();
        clock.Nanos += 1_000_000_000;
        pipeline.DoWork();   // nothing came, and the book has been crossed for too long
        follower.DoWork();
        journal.Dispose();
        var again = LiveRun.Table();
        using var replayed = new QuoterPipeline<ManualClock>(again, new PipelineOptions { Lanes = 1 }, clock);
        using var reader = new JournalReader(journal.Name);
        JournalPlayer.Play(reader, replayed, clock);

        Assert.That(table.Statuses[1].State, Is.EqualTo(Engine.Book.BookState.Suspect));
        Assert.That(again.Statuses[1].State, Is.EqualTo(Engine.Book.BookState.Suspect));
        Assert.That(replayed.Quotes[0].Cursor, Is.EqualTo(pipeline.Quotes[0].Cursor));
    }

    [Test]
    public void EveryEventIsReadAsItWasWritten()
    {
        var random = Seeded.Random();
        var written = new List<(int Lane, DepthEvent Event)>();
        var journal = JournalWriter.Create(_folder, JournalHeader.Of(LiveRun.Table(), 10), new LogLines());
        for (var count = 0; count < 2_000; count++)
        {
            var item = Any(random);
            var lane = random.Next(ushort.MaxValue);
            written.Add((lane, item));
            journal.OnEvent(lane, ref item);
            if (random.Next(10) == 0)
            {
                journal.OnTime(count);
                journal.OnEndOfBatch();
            }
        }

        journal.Dispose();
        using var reader = new JournalReader(journal.Name);
        Assert.That(
            reader.Books.Select(book => (book.Venue, book.Symbol, book.Instrument)),
            Is.EqualTo(Enumerable.Range(0, 3).Select(venue => ($"venue{venue}", "BTCUSDT", "BTC/USDT"))));
        foreach (var (lane, item) in written)
        {
            do
            {
                Assert.That(reader.TryRead(), Is.True);
            }
            while (reader.Kind == JournalRecordKind.Time);

            var read = reader.Event;
            Assert.That(reader.Lane, Is.EqualTo(lane));
            Assert.That(Describe(read), Is.EqualTo(Describe(item)));
        }
    }

    [Test]
    public void JournalThatEndsInsideOfARecordIsReadUpToThere()
    {
        var path = Written(20, out var ends);
        var whole = File.ReadAllBytes(path);
        foreach (var cut in new[] { ends[^1] - 1, ends[^2] + 1, ends[^2] + 7, ends[^2] + 9, ends[4] + 3 })
        {
            File.WriteAllBytes(path, whole[..cut]);
            using var reader = new JournalReader(path);
            var read = 0;
            while (reader.TryRead())
            {
                read++;
            }

            Assert.That(read, Is.EqualTo(ends.Count(end => end <= cut)), $"cut at {cut}");
            Assert.That(reader.IsTruncated, Is.True, $"cut at {cut}");
        }

        File.WriteAllBytes(path, whole[..ends[7]]);
        using var ending = new JournalReader(path);
        while (ending.TryRead())
        {
        }

        Assert.That(ending.IsTruncated, Is.False, "between two records");
    }

    [Test]
    public void FlippedBitIsFoundWhereverItIs()
    {
        var random = Seeded.Random();
        var path = Written(20, out var ends);
        var whole = File.ReadAllBytes(path);
        for (var run = 0; run < 200; run++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            var read = 0;
            Assert.That(
                () =>
                {
                    using var reader = new JournalReader(path);
                    while (reader.TryRead())
                    {
                        read++;
                    }

                    // A length that became longer may reach beyond the end, as that of a cut file does.
                    if (reader.IsTruncated)
                    {
                        throw new JournalFormatException(path, 0, "cut");
                    }
                },
                Throws.TypeOf<JournalFormatException>().With.Message.Contains(path));
            Assert.That(read, Is.LessThan(ends.Count));
        }
    }

    [Test]
    public void OtherFilesAreRefusedByName()
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, "notes.txt");
        foreach (var text in new[] { "", "QUOTER", "QUOTERJ1 and so on", "QUOTERJ2\u00ff\u00ff\u00ff\u00ff" })
        {
            File.WriteAllText(path, text, System.Text.Encoding.Latin1);
            Assert.That(
                () => new JournalReader(path), Throws.TypeOf<JournalFormatException>().With.Message.Contains(path));
        }
    }

    [Test]
    public void JournalOfOtherBooksIsNotPlayed()
    {
        var path = Written(3, out _);
        using var reader = new JournalReader(path);
        var clock = new ManualClock();
        using var pipeline = new QuoterPipeline<ManualClock>(
            new BookTable(["ETH/USDT"], []), new PipelineOptions { Lanes = 1 }, clock);

        Assert.That(
            () => JournalPlayer.Play(reader, pipeline, clock),
            Throws.ArgumentException.With.Message.Contains("venue0"));
    }

    [Test]
    public void FullDiskEndsTheJournalAndNothingElse()
    {
        var log = new LogLines();
        using var disk = new FullDisk(4_000);
        using var journal = new JournalWriter(disk, "small.journal", JournalHeader.Of(LiveRun.Table(), 10), log);
        var random = new Random(1);
        for (var count = 0; count < 100; count++)
        {
            var item = Any(random);
            journal.OnEvent(0, ref item);
            journal.OnEndOfBatch();
        }

        Assert.That(log.ToString(), Does.Contain("small.journal").And.Contain("disk full"));
        Assert.That(journal.Lost, Is.InRange(50, 99));
        Assert.That(journal.Events + journal.Lost, Is.EqualTo(100));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void WritingAllocatesNothing()
    {
        using var journal = JournalWriter.Create(_folder, JournalHeader.Of(LiveRun.Table(), 10), new LogLines());
        var item = Any(new Random(3));
        Write(journal, ref item);

        using (NoAllocation.Begin())
        {
            Write(journal, ref item);
        }
    }

    private static void Write(JournalWriter journal, ref DepthEvent item)
    {
        for (var count = 0; count < 500; count++)
        {
            journal.OnEvent(1, ref item);
            journal.OnTime(count);
            journal.OnEndOfBatch();
        }
    }

    private static DepthEvent Any(Random random)
    {
        var item = new DepthEvent
        {
            Book = random.Next(LiveRun.Venues),
            Kind = (EventKind)random.Next(1, 8),
            Flags = (EventFlags)random.Next(4),
            PriceScale = (byte)random.Next(19),
            QuantityScale = (byte)random.Next(19),
            Fault = (FaultCode)random.Next(402),
            Checksum = (uint)random.NextInt64(),
            ChecksumAlgorithm = (ChecksumAlgorithm)random.Next(2),
            FirstUpdateId = random.NextInt64(),
            LastUpdateId = random.NextInt64(),
            VenueUnixNanos = random.NextInt64(),
            ReceivedNanos = random.NextInt64(),
            DecodedNanos = random.NextInt64(),
            SnapshotWish = random.NextInt64(),
        };
        for (var level = random.Next(DepthEvent.LevelCapacity + 1); level > 0; level--)
        {
            ref var next = ref random.Next(2) == 0 ? ref item.Bid(item.BidCount++) : ref item.Ask(item.AskCount++);
            next = new Level { Price = random.NextInt64(), Quantity = random.NextInt64() };
        }

        return item;
    }

    private static string Describe(DepthEvent item)
    {
        var levels = Enumerable.Range(0, item.BidCount).Select(index => item.Bid(index))
            .Concat(Enumerable.Range(0, item.AskCount).Select(index => item.Ask(index)))
            .Select(level => $"{level.Price}x{level.Quantity}");
        return $"{item.Book} {item.Kind} {item.Flags} {item.PriceScale} {item.QuantityScale} {item.BidCount} "
            + $"{item.AskCount} {item.Fault} {item.Checksum} {item.ChecksumAlgorithm} {item.FirstUpdateId} "
            + $"{item.LastUpdateId} {item.VenueUnixNanos} {item.ReceivedNanos} {item.DecodedNanos} "
            + $"{item.SnapshotWish} {string.Join(' ', levels)}";
    }

    private static void Send(DepthLane lane, int book, EventKind kind, long bid, long ask)
    {
        lane.TryBegin(book, kind);
        lane.Add(Side.Bid, bid, 1);
        lane.Add(Side.Ask, ask, 1);
        lane.Current.ReceivedNanos = 1_000;
        lane.Commit(1_000);
    }

    /// <summary>A journal of some events, and where each of its records ends.</summary>
    private string Written(int events, out List<int> ends)
    {
        var random = new Random(7);
        var journal = JournalWriter.Create(_folder, JournalHeader.Of(LiveRun.Table(), 10), new LogLines());
        var start = (int)new FileInfo(journal.Name).Length;
        ends = [];
        for (var count = 0; count < events; count++)
        {
            var item = Any(random);
            journal.OnEvent(0, ref item);
            journal.OnEndOfBatch();
            ends.Add(start + (int)journal.Bytes);
        }

        journal.Dispose();
        return journal.Name;
    }
}

using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Tests.Decoding;
using LowLatencyQuoter.Feeds.Tests.Fuzz;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

/// <summary>Final books of every recording, against two oracles: one in another language, one of our own.</summary>
[Category(Categories.Captures)]
public sealed class FinalBooksTests
{
    private static IEnumerable<ReplayableCapture> Recordings => ReplayableCaptures.All;

    /// <summary>Longer ones: there something happens.</summary>
    private static IEnumerable<ReplayableCapture> Streams =>
        ReplayableCaptures.All.Where(static capture => capture.Frames > 100);

    [TestCaseSource(nameof(Recordings))]
    public void FiguresOfTheIndexAreReachedInFull(ReplayableCapture capture)
    {
        using var replayed = Replayed.Run(capture.Venue, [.. capture.Files]);
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Frames, Is.EqualTo(capture.Frames));
            Assert.That(report.DepthEvents, Is.EqualTo(capture.DepthEvents));
            Assert.That(report.Books, Has.Count.EqualTo(capture.Books));
            Assert.That(report.Gaps, Is.EqualTo(capture.Gaps));
            Assert.That(report.ChecksumsChecked, Is.EqualTo(capture.Checksums));
            Assert.That(report.ChecksumsMatched, Is.EqualTo(capture.Checksums));
            Assert.That(report.CrossChecks, Is.EqualTo(capture.CrossChecks));
            Assert.That(report.CrossChecksEqual, Is.EqualTo(capture.CrossChecks));
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Crossed, Is.Zero);
            Assert.That(report.Passed, Is.EqualTo(capture.Passes));
            Assert.That(
                report.Table.Statuses.Select(static status => status.State),
                Is.All.EqualTo(capture.Passes ? BookState.Live : BookState.Gapped));
        });
    }

    [TestCaseSource(nameof(Recordings))]
    public void BestBidAndAskAreThoseOfTheOtherProgram(ReplayableCapture capture)
    {
        using var replayed = Replayed.Run(capture.Venue, [.. capture.Files]);
        var table = replayed.Report.Table;
        var expected = VerifiedTops.Of(capture.Title);
        if (expected.Count == 1)
        {
            Assert.That(Top(replayed.Report.Books[0]), Is.EqualTo(expected.Values.Single()));   // by another name
            return;
        }

        Assert.That(table.Definitions.Select(book => book.Symbol), Is.EquivalentTo(expected.Keys));
        for (var book = 0; book < table.Definitions.Length; book++)
        {
            Assert.That(
                Top(replayed.Report.Books[book]),
                Is.EqualTo(expected[table.Definitions[book].Symbol]),
                table.Definitions[book].Symbol);
        }
    }

    [TestCaseSource(nameof(Recordings))]
    public void ThreadsAndStructuresOfBooksDoNotShowInTheHashes(ReplayableCapture capture)
    {
        using var plain = Replayed.Run(capture.Venue, [.. capture.Files]);
        foreach (var (mode, structure) in new[]
        {
            (ThreadingMode.Invoker, BookStructure.Reference),
            (ThreadingMode.Shared, BookStructure.Ladder),
            (ThreadingMode.Dedicated, BookStructure.Ladder),
            (ThreadingMode.Dedicated, BookStructure.Reference),
        })
        {
            using var other = Replayed.Run(
                capture.Venue,
                new ReplayOptions { Files = [.. capture.Files], Book = structure, Mode = mode });

            Assert.That(other.Report.Quotes, Is.EqualTo(plain.Report.Quotes), $"{mode}, {structure}");
            Assert.That(other.Report.StateHash, Is.EqualTo(plain.Report.StateHash), $"{mode}, {structure}");
            Assert.That(other.Report.QuoteHash, Is.EqualTo(plain.Report.QuoteHash), $"{mode}, {structure}");
        }

        Assert.That(plain.Report.Quotes, Is.GreaterThan(capture.Frames > 100 ? 100 : 1));
    }

    [TestCaseSource(nameof(Streams))]
    public void EveryLevelIsThatOfTheSlowWay(ReplayableCapture recording)
    {
        using var replayed = Replayed.Run(recording.Venue, [.. recording.Files]);
        var capture = CaptureSet.Load(recording.Venue, CaptureSet.SlowOf(recording.Venue), [.. recording.Files]);
        var slow = capture.Books.Select(capture.MakeBook).ToArray();
        var symbols = capture.Books.Select(book => book.Symbol).ToList();
        foreach (var record in capture.Records)
        {
            var reading = record.IsFrame
                ? capture.Slow.Read(record.Bytes, capture.Symbols)
                : capture.Slow.ReadSnapshot(record.Bytes, record.Symbol);
            foreach (var message in reading.Messages)
            {
                slow[symbols.IndexOf(message.Symbol)].Take(message);
            }
        }

        for (var book = 0; book < slow.Length; book++)
        {
            Assert.That(slow[book].IsLive, Is.True, recording.Title);
            var different = PipelineBench.Compare(replayed.Report.Books[book], slow[book], int.MaxValue);
            Assert.That(different, Is.Null, symbols[book]);
        }
    }

    private static (decimal Bid, decimal BidSize, decimal Ask, decimal AskSize) Top(BookCopy book) => (
        DecoderBench.Decimal(book.Bids[0].Price, book.PriceScale),
        DecoderBench.Decimal(book.Bids[0].Quantity, book.QuantityScale),
        DecoderBench.Decimal(book.Asks[0].Price, book.PriceScale),
        DecoderBench.Decimal(book.Asks[0].Quantity, book.QuantityScale));
}

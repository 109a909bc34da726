using System;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Tests.Oracle;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>
/// Recordings with mutated and missing frames through the whole path. Beside it run two slow venues: one gets the same
/// bytes and says what a live book has to be; the other gets the recording as it was and gives snapshots when one is
/// wanted.
/// </summary>
[Category(Categories.Captures)]
public sealed class PipelineFuzzTests
{
    private const int Everything = int.MaxValue;

    [Test]
    public void LiveBinanceBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.BinanceFour(), 2_000);

    [Test]
    public void LiveDeepBinanceBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.BinanceBtc(), 6_000);

    [Test]
    public void LiveBitstampBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.Bitstamp(), 1_200);

    [Test]
    public void LiveCoinbaseBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.Coinbase(), 12_000);

    [Test]
    public void LiveCoinbaseAdvancedBookIsWhatTheSameBytesMakeByTheSlowWay() =>
        Run(CaptureSet.MadeUpCoinbaseAdvanced(), 6_000);

    [Test]
    public void LiveKrakenBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.KrakenTen(), 15_000);

    [Test]
    public void LiveDeeperKrakenBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.KrakenTwentyFive(), 15_000);

    [Test]
    public void LiveOkxBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.Okx(), 4_000);

    [Test]
    public void LiveOkxBookOfTodayIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.MadeUpOkx(), 6_000);

    [Test]
    public void LiveBybitBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.MadeUpBybit(), 6_000);

    [Test]
    public void LiveKuCoinBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.KuCoin(), 15_000);

    [Test]
    public void LiveGateioBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.Gateio(), 2_000);

    [Test]
    public void LiveBitfinexBookIsWhatTheSameBytesMakeByTheSlowWay() =>
        Run(CaptureSet.Bitfinex().Uncounted(), 8_000);

    [Test]
    public void LiveBitfinexBookOfTodayIsWhatTheSameBytesMakeByTheSlowWay() =>
        Run(CaptureSet.MadeUpBitfinex().Uncounted(), 8_000);

    [Test]
    public void LiveCryptocomBookIsWhatTheSameBytesMakeByTheSlowWay() => Run(CaptureSet.MadeUpCryptocom(), 6_000);

    private static void Run(CaptureSet capture, int frames)
    {
        var random = Seeded.Random();
        var mutator = new FrameMutator(random, 128);
        var symbols = capture.Books.Select(book => book.Symbol).ToArray();
        var totals = default(Totals);
        while (totals.Frames < frames)
        {
            using var bench = new PipelineBench(capture);
            Play(capture, bench, symbols, random, mutator, ref totals, frames);
        }

        TestContext.Out.WriteLine(
            $"{totals.Frames} frames, {totals.Mutated} mutated: {totals.LiveChecks} times live and equal, "
            + $"{totals.Faults} times taken out, {totals.Snapshots} snapshots");
        Assert.That(totals.LiveChecks, Is.GreaterThan(frames / 5), "live books that were compared");
        Assert.That(totals.Faults, Is.GreaterThan(100), "books that were taken out");
    }

    private static void Play(
        CaptureSet capture, PipelineBench bench, string[] symbols, Random random, FrameMutator mutator,
        ref Totals totals, int frames)
    {
        var known = capture.Symbols;
        var sent = capture.Slow.Another();
        var received = capture.Slow.Another();
        var same = capture.Books.Select(capture.MakeBook).ToArray();
        var truth = capture.Books.Select(capture.MakeBook).ToArray();
        var numbers = new SlowNumbers();
        foreach (var record in capture.Records)
        {
            bench.At(record.Nanos);
            if (!record.IsFrame)
            {
                TakeSnapshot(capture, bench, same, Array.IndexOf(symbols, record.Symbol), record.Bytes);
                Take(truth, symbols, capture.Slow.ReadSnapshot(record.Bytes, record.Symbol));
                continue;
            }

            Take(truth, symbols, sent.Read(record.Bytes, known));
            var fate = random.Next(40);
            if (fate == 0)
            {
                continue;   // lost on the way
            }

            totals.Frames++;
            totals.Mutated += fate < 6 ? 1 : 0;
            var frame = fate < 6 ? mutator.Mutate(record.Bytes) : record.Bytes;
            var before = same.Count(book => book.IsLive);
            var outcome = bench.Frame(frame.Span);
            Follow(outcome, same, symbols, numbers.Judge(received.Read(frame, known)));
            totals.Faults += Math.Max(0, before - same.Count(book => book.IsLive));
            for (var book = 0; book < symbols.Length; book++)
            {
                var most = totals.Frames % 200 == 0 ? Everything : outcome.Book == book ? 12 : 0;
                if (Check(bench, book, same[book], most, ref totals) is { } wrong)
                {
                    Assert.Fail(
                        $"{symbols[book]}: {wrong} after {outcome.Kind} of {Encoding.UTF8.GetString(frame.Span)}");
                }

                if (!same[book].IsLive && truth[book].IsLive && random.Next(12) == 0)
                {
                    totals.Snapshots++;
                    GiveSnapshot(capture, received, bench, same, book, truth[book]);
                    numbers.Forget();
                    Assert.That(Check(bench, book, same[book], Everything, ref totals), Is.Null, "after a snapshot");
                }
            }

            if (totals.Frames >= frames)
            {
                return;
            }
        }
    }

    /// <summary>The slow venue sees what the fast one saw of this frame.</summary>
    private static void Follow(FrameOutcome outcome, SlowBook[] same, string[] symbols, SlowReading reading)
    {
        if (reading.IsBehindAHole)
        {
            Array.ForEach(same, static book => book.Doubt());
        }

        if (outcome.Kind != FrameKind.Failed || reading.Kind == FrameKind.Failed)
        {
            Take(same, symbols, reading);
        }

        if (outcome.Kind is not (FrameKind.Failed or FrameKind.Unsubscribed or FrameKind.Paused or FrameKind.Gapped))
        {
            return;
        }

        for (var book = 0; book < same.Length; book++)
        {
            if (outcome.Book == FrameOutcome.AllBooks || outcome.Book == book)
            {
                same[book].Doubt();
            }
        }
    }

    private static string? Check(PipelineBench bench, int book, SlowBook same, int most, ref Totals totals)
    {
        var status = bench.Table.Statuses[book];
        if (bench.LaneIsOpen)
        {
            return "the lane is open";
        }

        if (status.State == BookState.Live)
        {
            totals.LiveChecks += most == 0 ? 0 : 1;
            return same.IsLive ? bench.Compare(book, same, most) : "live without proof";
        }

        if (same.IsLive)
        {
            totals.Faults++;   // by the clock, or on scales that do not hold it
            same.Doubt();
            return (FaultCode)status.LastFault is FaultCode.Crossed or FaultCode.ScaleOverflow
                ? null   // what decimals and a book without a clock do not know
                : $"{status.State} by {(FaultCode)status.LastFault} without reason";
        }

        return null;
    }

    private static void GiveSnapshot(
        CaptureSet capture, ISlowDialect received, PipelineBench bench, SlowBook[] same, int book, SlowBook truth)
    {
        var symbol = capture.Books[book].Symbol;
        var text = SnapshotText.Of(capture.Venue.Profile.Name, symbol, received.ChannelOf(symbol), truth);
        if (capture.SourceOf(capture.Books[book]) == SnapshotSource.Rest)
        {
            TakeSnapshot(capture, bench, same, book, Encoding.ASCII.GetBytes(text));
            return;
        }

        foreach (var line in text.Split('\n'))
        {
            var frame = Encoding.ASCII.GetBytes(line);
            bench.Decoder.Numbers.Forget();   // it comes on a connection of its own
            bench.Frame(frame);
            bench.Decoder.Numbers.Forget();
            Take(same, [.. capture.Books.Select(known => known.Symbol)], received.Read(frame, capture.Symbols));
        }
    }

    private static void TakeSnapshot(CaptureSet capture, PipelineBench bench, SlowBook[] same, int book, byte[] body)
    {
        bench.Snapshot(book, body);
        foreach (var message in capture.Slow.ReadSnapshot(body, capture.Books[book].Symbol).Messages)
        {
            same[book].Take(message);
        }
    }

    private static void Take(SlowBook[] books, string[] symbols, SlowReading reading)
    {
        foreach (var message in reading.Messages)
        {
            books[Array.IndexOf(symbols, message.Symbol)].Take(message);
        }
    }

    private struct Totals
    {
        public int Frames;
        public int Mutated;
        public int LiveChecks;
        public int Faults;
        public int Snapshots;
    }
}

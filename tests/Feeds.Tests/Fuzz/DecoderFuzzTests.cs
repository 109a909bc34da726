using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Tests.Decoding;
using LowLatencyQuoter.Feeds.Tests.Oracle;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>Mutated frames of real traffic through each decoder, beside a JSON tree and decimals.</summary>
[Category(Categories.Captures)]
public sealed class DecoderFuzzTests
{
    private static readonly int Mutations = FuzzCount.Frames;

    [Test]
    public void BinanceDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.BinanceFour());

    [Test]
    public void BinanceDecoderReadsMutatedBinaryFramesAsTheSlowOneOrRefusesThem() =>
        Fuzz(CaptureSet.MadeUpBinanceSbe(), mostValue: 256);

    [Test]
    public void BinanceDecoderReadsMutatedPartialBooksAsTheSlowOneOrRefusesThem() =>
        Fuzz(CaptureSet.MadeUpBinancePartial());

    [Test]
    public void BitstampDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.Bitstamp());

    [Test]
    public void CoinbaseDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.Coinbase());

    [Test]
    public void CoinbaseDecoderReadsMutatedBatchesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.MadeUpCoinbase());

    [Test]
    public void CoinbaseAdvancedDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() =>
        Fuzz(CaptureSet.MadeUpCoinbaseAdvanced());

    [Test]
    public void KrakenDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.KrakenTen());

    [Test]
    public void OkxDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.Okx());

    [Test]
    public void OkxDecoderReadsMutatedFramesOfTodayAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.MadeUpOkx());

    [Test]
    public void BybitDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.MadeUpBybit());

    [Test]
    public void KuCoinDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.KuCoin());

    [Test]
    public void GateioDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.Gateio());

    [Test]
    public void BitfinexDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.Bitfinex());

    [Test]
    public void BitfinexDecoderReadsMutatedFramesOfTodayAsTheSlowOneOrRefusesThem() =>
        Fuzz(CaptureSet.MadeUpBitfinex());

    [Test]
    public void CryptocomDecoderReadsMutatedFramesAsTheSlowOneOrRefusesThem() => Fuzz(CaptureSet.MadeUpCryptocom());

    [Test]
    public void NoMutationOfAnyByteThrowsOrLeavesTheLaneOpen()
    {
        var random = Seeded.Random();
        CaptureSet[] captures =
        [
            CaptureSet.BinanceBtc(), CaptureSet.MadeUpBinanceSbe(), CaptureSet.MadeUpBinancePartial(),
            CaptureSet.Bitstamp(), CaptureSet.KrakenTwentyFive(), CaptureSet.Okx(),
            CaptureSet.MadeUpBybit(), CaptureSet.KuCoin(), CaptureSet.Gateio(), CaptureSet.MadeUpCoinbase(),
            CaptureSet.MadeUpCoinbaseAdvanced(),
            CaptureSet.Bitfinex(), CaptureSet.MadeUpBitfinex(), CaptureSet.MadeUpCryptocom(),
        ];
        foreach (var capture in captures)
        {
            using var bench = Bench(capture);
            var mutator = new FrameMutator(random, 256);
            var kinds = new HashSet<FrameKind>();
            var started = Stopwatch.GetTimestamp();
            for (var run = 0; run < Mutations; run++)
            {
                var record = capture.Records[random.Next(capture.Records.Count)];
                var bytes = record.Bytes.Length > 100_000 ? record.Bytes.AsSpan(0, 2_000) : record.Bytes;
                var frame = mutator.Mutate(bytes);
                var outcome = Feed(bench, frame.Span);
                kinds.Add(outcome.Kind);
                if (bench.Lane.IsOpen || !Enum.IsDefined(outcome.Kind)
                    || (outcome.Kind == FrameKind.Failed) == (outcome.Fault == FaultCode.None))
                {
                    Assert.Fail($"{outcome.Kind} {outcome.Fault}: {Encoding.Latin1.GetString(frame.Span)}");
                }

                bench.Drop();
            }

            TestContext.Out.WriteLine(
                $"{NameOf(capture)}: {Mutations:N0} frames mutated to any byte: none threw, "
                + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
            Assert.That(kinds, Does.Contain(FrameKind.Failed).And.Contain(FrameKind.Depth));
        }
    }

    [Test]
    public void EveryCutOfAFrameIsAFaultAndShowsNothing()
    {
        var random = Seeded.Random();
        CaptureSet[] captures =
        [
            CaptureSet.BinanceFour(), CaptureSet.MadeUpBinanceSbe(), CaptureSet.MadeUpBinancePartial(),
            CaptureSet.Bitstamp(), CaptureSet.KrakenTen(), CaptureSet.Okx(), CaptureSet.MadeUpOkx(),
            CaptureSet.MadeUpBybit(), CaptureSet.KuCoin(), CaptureSet.Gateio(),
            CaptureSet.MadeUpCoinbase(), CaptureSet.MadeUpCoinbaseAdvanced(),
            CaptureSet.Bitfinex(), CaptureSet.MadeUpBitfinex(), CaptureSet.MadeUpCryptocom(),
        ];
        foreach (var capture in captures)
        {
            using var bench = Bench(capture);
            foreach (var record in capture.Records.Where((record, index) => !record.IsFrame || index % 3 == 0))
            {
                var cuts = record.Bytes.Length < 600
                    ? Enumerable.Range(0, record.Bytes.Length)
                    : Enumerable.Range(0, 40).Select(_ => random.Next(record.Bytes.Length));
                foreach (var cut in cuts)
                {
                    var outcome = record.IsFrame
                        ? Feed(bench, record.Bytes.AsSpan(0, cut))
                        : bench.Intake.OnSnapshot(0, record.Bytes.AsSpan(0, cut), 1);
                    if (outcome.Kind != FrameKind.Failed || bench.TakeMessages().Count != 0 || bench.Lane.IsOpen)
                    {
                        Assert.Fail($"{outcome.Kind} of {cut} bytes of {Encoding.UTF8.GetString(record.Bytes)}");
                    }
                }
            }
        }
    }

    /// <summary>
    /// Rows that look alike are read by comparing them with the last ones: one wrong character anywhere must be seen.
    /// </summary>
    [Test]
    public void EachByteOfFramesThatLookAlikeMayBeAnything(
        [Values(
            "binance", "binance partial", "bitstamp", "coinbase", "coinbase_advanced", "kraken", "okx", "bybit",
            "kucoin", "gateio", "bitfinex", "cryptocom")]
        string venue)
    {
        if (!DigitPair.IsSupported)
        {
            Assert.Ignore("this processor has no vectors: no frame is read by comparison");
        }

        var capture = venue switch
        {
            "binance" => CaptureSet.BinanceFour(),
            "binance partial" => CaptureSet.MadeUpBinancePartial(),
            "bitstamp" => CaptureSet.Bitstamp(),
            "coinbase" => CaptureSet.MadeUpCoinbase(),
            "coinbase_advanced" => CaptureSet.MadeUpCoinbaseAdvanced(),
            "okx" => CaptureSet.MadeUpOkx(),
            "bybit" => CaptureSet.MadeUpBybit(),
            "kucoin" => CaptureSet.KuCoin(),
            "gateio" => CaptureSet.Gateio(),
            "bitfinex" => CaptureSet.MadeUpBitfinex(),
            "cryptocom" => CaptureSet.MadeUpCryptocom(),
            _ => CaptureSet.KrakenTen(),
        };
        var known = capture.Symbols;
        using var bench = Bench(capture);
        var most = 1_500;
        if (venue == "binance partial")
        {
            most = 2_000;
            bench.Intake.Declare(0, 2, 5);   // each message begins with what the venue declares
        }

        var frames = capture.Records
            .Where(record => record.IsFrame && record.Bytes.Length > 30 && record.Bytes.Length < most)
            .Select(static record => record.Bytes.ToArray()).ToArray();
        foreach (var said in capture.Opening)
        {
            bench.Feed(said);
            capture.Slow.Read(said, known);
        }

        var longest = frames.OrderByDescending(static frame => frame.Length).First(frame => IsUsual(bench, frame));
        var tried = 0;
        for (var at = 0; at < longest.Length; at++)
        {
            foreach (var character in "0159,.\"[]{}:-+eE \\a/\0"u8)
            {
                Feed(bench, longest);   // every template it needs is there
                bench.TakeMessages();
                var frame = longest.ToArray();
                frame[at] = character;
                capture.Slow.ForgetNumber();   // as the decoder does
                var outcome = Feed(bench, frame);
                var wrong = Compare(outcome, bench.TakeMessages(), capture.Slow.Read(frame, known));
                if (wrong is not null)
                {
                    Assert.Fail($"'{(char)character}' at {at}: {wrong}: {Encoding.UTF8.GetString(frame)}");
                }

                if (++tried % 500 == 0)
                {
                    Reset(bench, known);   // so that one absurd number does not fail all that follow
                }
            }
        }

        var usual = bench.Decoder.UsualFrames;
        TestContext.Out.WriteLine($"{tried} frames of {longest.Length} bytes, {usual} the usual way");
        Assert.That(usual, Is.GreaterThan(tried / 2));
    }

    private static DecoderBench Bench(CaptureSet capture) =>
        new(capture.Venue.Profile.Name, [.. capture.Symbols], stream: capture.Venue.Profile.Stream);

    /// <summary>Each frame is one of a connection of its own: which number comes next is tested elsewhere.</summary>
    private static FrameOutcome Feed(DecoderBench bench, ReadOnlySpan<byte> frame)
    {
        bench.Decoder.Numbers.Forget();
        bench.Decoder.Rising.Forget();
        return bench.Feed(frame);
    }

    /// <summary>True when a frame is read the short way once its book has the scales it needs.</summary>
    private static bool IsUsual(DecoderBench bench, byte[] frame)
    {
        Feed(bench, frame);
        var before = bench.Decoder.UsualFrames;
        Feed(bench, frame);
        bench.TakeMessages();
        return bench.Decoder.UsualFrames > before;
    }

    private static string NameOf(CaptureSet capture) => capture.Venue.Profile.Stream == VenueStream.Json
        ? capture.Venue.Profile.Name
        : $"{capture.Venue.Profile.Name} {capture.Venue.Profile.Stream}";

    private static void Fuzz(CaptureSet capture, int mostValue = 128)
    {
        var random = Seeded.Random();
        using var bench = Bench(capture);
        var mutator = new FrameMutator(random, mostValue);
        var frames = capture.Records.Where(record => record.IsFrame).ToArray();
        var known = capture.Symbols;
        var opening = capture.Opening;
        var depth = 0;
        var failed = 0;
        var started = Stopwatch.GetTimestamp();
        var begins = true;
        for (var run = 0; run < Mutations; run++)
        {
            foreach (var said in run % 50 == 0 || begins ? opening : [])
            {
                bench.Feed(said);
                capture.Slow.Read(said, known);
            }

            capture.Slow.ForgetNumber();   // as the decoder does

            var frame = mutator.Mutate(frames[random.Next(frames.Length)].Bytes);
            var outcome = Feed(bench, frame.Span);
            var messages = bench.TakeMessages();
            var wrong = Compare(outcome, messages, capture.Slow.Read(frame, known));
            if (wrong is not null || bench.Lane.IsOpen)
            {
                Assert.Fail($"{wrong}: {Encoding.UTF8.GetString(frame.Span)}");
            }

            // A number that fits by itself is refused on the scale of others, and the slow reader does not know of it:
            // where what was lost may have been the whole book, the two have another past from here on.
            begins = outcome.Fault == FaultCode.ScaleOverflow;
            depth += messages.Count;
            failed += outcome.Kind == FrameKind.Failed ? 1 : 0;
            if (run % 50 == 0)
            {
                Reset(bench, known);   // so that one absurd number does not fail all that follow
            }
        }

        TestContext.Out.WriteLine(
            $"{NameOf(capture)}: {Mutations:N0} mutated frames beside the slow reader: "
            + $"{depth:N0} messages read, {failed:N0} frames refused, "
            + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
        Assert.That(depth, Is.GreaterThan(Mutations / 10), "mutations that stay readable");
        Assert.That(failed, Is.GreaterThan(Mutations / 10), "mutations that do not");
    }

    /// <summary>Null when the fast reading is the slow one.</summary>
    private static string? Compare(FrameOutcome outcome, List<SlowMessage> messages, SlowReading expected)
    {
        if (outcome.Kind == FrameKind.Failed && outcome.Fault == FaultCode.ScaleOverflow)
        {
            // A number that fits by itself need not fit on the scale of the others.
            return expected.Kind is FrameKind.Failed or FrameKind.Depth or FrameKind.TopOfBook
                ? null
                : $"read as {outcome.Kind}";
        }

        if (outcome.Kind != expected.Kind)
        {
            return $"read as {outcome.Kind} {outcome.Fault}, which is {expected.Kind}";
        }

        if (messages.Count != expected.Messages.Count)
        {
            return $"{messages.Count} messages, not {expected.Messages.Count}";
        }

        for (var index = 0; index < messages.Count; index++)
        {
            var (found, wanted) = (messages[index], expected.Messages[index]);
            if ((found.Symbol, found.Kind, found.First, found.Last, found.Checksum)
                    != (wanted.Symbol, wanted.Kind, wanted.First, wanted.Last, wanted.Checksum)
                || !Same(found.Bids, wanted.Bids) || !Same(found.Asks, wanted.Asks))
            {
                return $"message {index} of {wanted.Symbol} differs: read as {Text(found)}, which is {Text(wanted)}";
            }
        }

        return null;
    }

    private static string Text(SlowMessage message) =>
        $"{message} bids {string.Join(' ', message.Bids.Select(Text))} "
        + $"asks {string.Join(' ', message.Asks.Select(Text))}";

    private static string Text(SlowLevel level) =>
        string.Create(CultureInfo.InvariantCulture, $"{level.Price}x{level.Quantity}");

    private static bool Same(List<SlowLevel> found, List<SlowLevel> wanted) =>
        found.Count == wanted.Count
        && found.Zip(wanted).All(pair =>
            pair.First.Price == pair.Second.Price && pair.First.Quantity == pair.Second.Quantity);

    private static void Reset(DecoderBench bench, IReadOnlySet<string> known)
    {
        for (var book = 0; book < known.Count; book++)
        {
            bench.Decoder.TryBegin(book, EventKind.Snapshot);
            bench.Decoder.Abandon();
        }
    }
}

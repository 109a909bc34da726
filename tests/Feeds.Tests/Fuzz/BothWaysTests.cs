using System;
using System.Linq;
using System.Reflection;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Tests.Decoding;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Fuzz;

/// <summary>
/// The short way of each decoder beside its general one, frame by frame: every recorded one, and mutated ones. Where
/// the processor lacks the vectors both are the general way, which other tests hold against the slow reader.
/// </summary>
[Category(Categories.Captures)]
public sealed class BothWaysTests
{
    private const int Mutations = 20_000;

    private delegate FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder);

    private static readonly (string Name, Func<CaptureSet> Load)[] Sets =
    [
        ("binance", CaptureSet.BinanceFour), ("binance, one symbol", CaptureSet.BinanceBtc),
        ("bitstamp", CaptureSet.Bitstamp), ("coinbase", CaptureSet.Coinbase),
        ("coinbase, made up", CaptureSet.MadeUpCoinbase),
        ("coinbase_advanced, made up", CaptureSet.MadeUpCoinbaseAdvanced),
        ("kraken, ten levels", CaptureSet.KrakenTen), ("kraken, twenty-five", CaptureSet.KrakenTwentyFive),
        ("okx", CaptureSet.Okx), ("okx, made up", CaptureSet.MadeUpOkx), ("bybit, made up", CaptureSet.MadeUpBybit),
        ("kucoin", CaptureSet.KuCoin), ("gateio", CaptureSet.Gateio), ("bitfinex", CaptureSet.Bitfinex),
        ("bitfinex, made up", CaptureSet.MadeUpBitfinex), ("cryptocom, made up", CaptureSet.MadeUpCryptocom),
    ];

    private static string[] Names => [.. Sets.Select(static set => set.Name)];

    [TestCaseSource(nameof(Names))]
    public void RecordedAndMutatedFramesAreReadAlike(string name)
    {
        var capture = Sets.Single(set => set.Name == name).Load();
        using var bench = new Pair(capture);
        var frames = capture.Records.Where(static record => record.IsFrame).Select(static record => record.Bytes);
        foreach (var frame in frames)
        {
            bench.Compare(frame);
        }

        var usual = bench.UsualFrames;
        var mutator = new FrameMutator(Seeded.Random(), 128);
        var random = Seeded.Random();
        var all = frames.Where(static frame => frame.Length < 20_000).ToArray();
        for (var run = 0; run < Mutations; run++)
        {
            if (run % 50 == 0)
            {
                bench.Reset();   // so that one absurd number does not fail all that follow
            }

            bench.Compare(mutator.Mutate(all[random.Next(all.Length)]).Span);
        }

        TestContext.Out.WriteLine($"{name}: {usual} of {frames.Count()} recorded frames the short way");
        Assert.That(usual, DigitPair.IsSupported && name.Contains("made up", StringComparison.Ordinal)
            ? Is.Positive
            : Is.GreaterThanOrEqualTo(0));
    }

    /// <summary>Two decoders with the same past.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly DecoderBench _short;
        private readonly DecoderBench _general;
        private readonly Decode _decode;
        private readonly Decode _decodeGeneral;
        private readonly int _books;

        public Pair(CaptureSet capture)
        {
            var venue = capture.Venue.Profile.Name;
            _books = capture.Symbols.Count;
            _short = new DecoderBench(venue, [.. capture.Symbols]);
            _general = new DecoderBench(venue, [.. capture.Symbols]);
            var decoder = typeof(DepthDecoder).Assembly.GetTypes().Single(type =>
                string.Equals(type.Name, venue.Replace("_", "", StringComparison.Ordinal) + "FrameDecoder",
                    StringComparison.OrdinalIgnoreCase));
            _decode = Find(decoder, "Decode");
            _decodeGeneral = Find(decoder, "DecodeGeneral");
            foreach (var said in capture.Opening)
            {
                _short.Feed(said);
                _general.Feed(said);
            }
        }

        public long UsualFrames => _short.Decoder.UsualFrames;

        public void Compare(ReadOnlySpan<byte> frame)
        {
            _short.Decoder.Numbers.Forget();
            _general.Decoder.Numbers.Forget();
            var outcome = _decode(frame, _short.Decoder);
            var expected = _decodeGeneral(frame, _general.Decoder);
            if (outcome.Fault == FaultCode.ScaleOverflow || expected.Fault == FaultCode.ScaleOverflow)
            {
                // What fits by itself need not fit on the scale that an absurd number before left to one of them.
                Reset();
                return;
            }

            var found = string.Join('\n', _short.TakeText());
            var wanted = string.Join('\n', _general.TakeText());
            if (outcome.Kind != expected.Kind || outcome.Fault != expected.Fault || found != wanted)
            {
                Assert.Fail(
                    $"{outcome.Kind} {outcome.Fault}, generally {expected.Kind} {expected.Fault}: {found}\n\n{wanted}\n"
                    + Encoding.UTF8.GetString(frame));
            }
        }

        /// <summary>Both begin again on the declared scales.</summary>
        public void Reset()
        {
            foreach (var bench in new[] { _short, _general })
            {
                for (var book = 0; book < _books; book++)
                {
                    bench.Decoder.TryBegin(book, EventKind.Snapshot);
                    bench.Decoder.Abandon();
                }

                bench.Drop();
            }
        }

        public void Dispose()
        {
            _short.Dispose();
            _general.Dispose();
        }

        private static Decode Find(Type decoder, string name) =>
            decoder.GetMethod(name, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Decode>();
    }
}

using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Google.Protobuf;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Quotes;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Quotes;

public sealed class QuoteEncoderTests
{
    private static readonly UnixClock Unix = new(1_700_000_000_000_000_000);

    [Test]
    public void BytesAreThoseOfGoogleProtobufInEveryView()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 60; round++)
        {
            using var bench = new PublisherBench(random.Next(1, 25));
            foreach (var book in Enumerable.Range(0, 3).Where(book => book == 0 || random.Next(4) != 0))
            {
                bench.Market.GoLive(book, random.Next(1, 25));
            }

            // so that venues cross each other, or nearly, or far beyond 64 bits with a fee
            var price = random.Next(3) == 0 ? long.MaxValue / 7 : TestMarket.Mid - random.Next(-40, 40);
            bench.Market.Set(0, Side.Bid, price, random.NextInt64(1, long.MaxValue));
            bench.Market.Set(random.Next(3), Side.Ask, TestMarket.Mid - random.Next(60), random.Next(1, 900_000_000));
            foreach (var terms in Views(bench, random))
            {
                AssertGolden(bench, terms);
            }
        }
    }

    [Test]
    public void AQuoteWithAnEmptySideHasNoSpread()
    {
        using var bench = new PublisherBench();
        bench.Market.GoLive(0, 1);
        bench.Market.Set(0, Side.Ask, TestMarket.Mid + 10, 0);
        var quote = AssertGolden(bench, new QuoteTerms(10));
        Assert.That((quote.HasSpread, quote.HasFeeSpread, quote.Crossed), Is.EqualTo((false, false, false)));
    }

    [Test]
    public void ACrossOfVenuesIsToldAndTakenOutOnRequest()
    {
        using var bench = new PublisherBench();
        bench.Market.GoLive(0);
        bench.Market.GoLive(1);
        bench.Market.Set(1, Side.Bid, TestMarket.Mid + 12, 100);   // above the best ask of the other one
        var raw = AssertGolden(bench, new QuoteTerms(10));
        Assert.That((raw.Crossed, raw.Spread), Is.EqualTo((true, -2L)));
        var uncrossed = AssertGolden(bench, new QuoteTerms(10, IsUncrossed: true));
        Assert.That(uncrossed.Crossed, Is.True, "it tells of the market, not of the view");
        Assert.That(uncrossed.Bids[0].Price, Is.LessThan(uncrossed.Asks[0].Price));
        Assert.That(uncrossed.Asks[0].Quantity, Is.EqualTo(raw.Asks[0].Quantity - 100));
    }

    [Test]
    public void APriceThatDoesNotFitIsText()
    {
        using var bench = new PublisherBench();
        bench.Market.GoLive(0, 1);
        bench.Market.Set(0, Side.Ask, 9_000_000_000_000_000_000, 1);
        var quote = AssertGolden(bench, new QuoteTerms(10, HasFees: true));
        Assert.That(quote.Asks[^1].Price, Is.Zero);
        Assert.That(quote.Asks[^1].PriceText, Is.EqualTo("90090000000000000.00000000"));
        Assert.That(quote.Asks[^1].QuotedPrice, Is.EqualTo(9_000_000_000_000_000_000));
    }

    [TestCase("0", 0, "0")]
    [TestCase("0", 3, "0.000")]
    [TestCase("-5", 3, "-0.005")]
    [TestCase("123456", 3, "123.456")]
    [TestCase("170141183460469231731687303715884105727", 24, "170141183460469.231731687303715884105727")]
    [TestCase("-170141183460469231731687303715884105727", 0, "-170141183460469231731687303715884105727")]
    public void WideNumbersAreExactText(string value, int scale, string expected)
    {
        var text = new byte[WideText.MaxBytes];
        var length = WideText.Write(text, Int128.Parse(value, null), scale);
        Assert.That(System.Text.Encoding.ASCII.GetString(text, 0, length), Is.EqualTo(expected));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300)]
    [TestCase(long.MaxValue)]
    public void ACompressedFrameIsWholeGzipWithAnyEnding(long replaced)
    {
        using var bench = new PublisherBench();
        bench.Market.GoLive();
        var reader = new QuoteReader(bench.Pipeline.Quotes[0]);
        reader.TryReadLatest();
        var encoder = new GzipEncoder(Encoder(bench, new QuoteTerms(10)));
        var bytes = new byte[encoder.FrameBytesMax];
        Assert.That(encoder.TryEncode(reader, true, bytes, out var frame), Is.True);
        Assert.That(Parse(bytes.AsSpan(0, frame.Length)).Replaced, Is.Zero, "the shared frame");
        var prefix = new byte[MessagePrefix.Bytes];
        var ending = new byte[ReplacedEnding.BytesMax];
        var length = ReplacedEnding.Write(in frame, true, replaced, prefix, ending);
        var own = Parse([.. prefix, .. bytes[MessagePrefix.Bytes..frame.BodyLength], .. ending[..length]]);
        Assert.That(own.Replaced, Is.EqualTo((ulong)replaced));
        Assert.That(own.Quote.Bids, Has.Count.EqualTo(10));
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    [Category(Categories.Allocation)]
    public void EncodingAllocatesNothing(bool fees, bool uncrossed)
    {
        using var bench = new PublisherBench();
        bench.Market.GoLive();
        bench.Market.Set(1, Side.Bid, TestMarket.Mid + 12, 100);
        var reader = new QuoteReader(bench.Pipeline.Quotes[0]);
        var encoder = Encoder(bench, new QuoteTerms(10, fees, uncrossed));
        var bytes = new byte[encoder.FrameBytesMax];
        reader.TryReadLatest();
        encoder.TryEncode(reader, true, bytes, out _);
        encoder.EncodeHeartbeat(1, 2, bytes);
        var length = 0;
        using (NoAllocation.Begin())
        {
            for (var round = 0; round < 1_000; round++)
            {
                encoder.TryEncode(reader, true, bytes, out var frame);
                length += frame.Length + encoder.EncodeHeartbeat(1, 2, bytes);
            }
        }

        Assert.That(length, Is.Positive);
    }

    [Test]
    public void AThousandLevelsASideFit()
    {
        using var bench = new PublisherBench(1_000, quoteCapacity: 4);
        for (var book = 0; book < 3; book++)
        {
            bench.Market.GoLive(book, 800);
        }

        Assert.That(AssertGolden(bench, new QuoteTerms(1_000)).Bids, Has.Count.EqualTo(1_000));
        AssertGolden(bench, new QuoteTerms(1_000, true, true));
    }

    private static QuoteTerms[] Views(PublisherBench bench, Random random)
    {
        var levels = bench.Pipeline.Quotes[0].Levels;
        return
        [
            new QuoteTerms(levels),
            new QuoteTerms(random.Next(1, levels + 1)),
            new QuoteTerms(random.Next(1, levels + 1), HasFees: true),
            new QuoteTerms(random.Next(1, levels + 1), IsUncrossed: true),
            new QuoteTerms(random.Next(1, levels + 1), true, true),
        ];
    }

    private static QuoteEncoder Encoder(PublisherBench bench, QuoteTerms terms) => new(
        bench.Seats[0], terms, bench.Pipeline.Quotes[0].Levels, bench.Pipeline.Table, PublisherBench.Fees, Unix);

    private static StreamQuotesResponse Parse(ReadOnlySpan<byte> frame)
    {
        Assert.That(MessagePrefix.TryRead(frame, out var compressed, out var length), Is.True);
        Assert.That(length, Is.EqualTo(frame.Length - MessagePrefix.Bytes));
        using var packed = new MemoryStream(frame[MessagePrefix.Bytes..].ToArray());
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        return StreamQuotesResponse.Parser.ParseFrom(compressed ? gzip : packed);
    }

    private static Quote AssertGolden(PublisherBench bench, QuoteTerms terms)
    {
        var reader = new QuoteReader(bench.Pipeline.Quotes[0]);
        Assert.That(reader.TryReadLatest(), Is.True);
        var encoder = Encoder(bench, terms);
        var bytes = new byte[encoder.FrameBytesMax];
        Assert.That(encoder.TryEncode(reader, false, bytes, out var frame), Is.True);
        var golden = QuoteOracle.Of(
            reader, bench.Seats[0], terms, bench.Pipeline.Table, PublisherBench.Fees, Unix);
        var message = bytes[MessagePrefix.Bytes..frame.Length];
        Assert.That(StreamQuotesResponse.Parser.ParseFrom(message).Quote, Is.EqualTo(golden));
        Assert.That(message, Is.EqualTo(new StreamQuotesResponse { Quote = golden }.ToByteArray()));
        Assert.That(encoder.TryEncode(reader, false, bytes, out _), Is.False, "nothing differs");
        Assert.That(encoder.EncodeOne(reader), Is.EqualTo(golden.ToByteArray()));
        return golden;
    }
}

using System;
using System.Collections.Generic;
using Google.Protobuf;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Grpc;

public sealed class SummaryEncoderTests
{
    private static readonly string[] Venues = ["kraken", "b\u00f6rse", "", new string('v', 200)];

    [Test]
    public void BytesAreThoseOfGoogleProtobuf()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 300; round++)
        {
            using var pipeline = Pipeline(random.Next(1, 25));
            Fill(pipeline, random);
            AssertGolden(pipeline);
        }
    }

    [Test]
    public void AnEmptyQuoteIsAnEmptyMessage()
    {
        using var pipeline = Pipeline(10);
        new TestMarket(pipeline, new ManualClock()).GoLive(0, 1);
        new TestMarket(pipeline, new ManualClock()).Disconnect(0);
        var reader = AssertGolden(pipeline);
        Assert.That((reader.Header.BidCount, reader.Header.AskCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void AThousandRowsASideFit()
    {
        using var pipeline = Pipeline(1_000);
        new TestMarket(pipeline, new ManualClock()).GoLive(3, 1_200);
        var reader = AssertGolden(pipeline);
        Assert.That((reader.Header.BidCount, reader.Header.AskCount), Is.EqualTo((1_000, 1_000)));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void EncodingAllocatesNothing()
    {
        using var pipeline = Pipeline(10);
        new TestMarket(pipeline, new ManualClock()).GoLive();
        var encoder = new SummaryEncoder(10, pipeline.Table.Definitions);
        var reader = new QuoteReader(pipeline.Quotes[0]);
        var frame = new byte[encoder.FrameBytesMax];
        var length = 0;
        reader.TryReadLatest();
        encoder.Encode(reader, frame);
        using (NoAllocation.Begin())
        {
            for (var round = 0; round < 1_000; round++)
            {
                reader.TryReadLatest();
                length += encoder.Encode(reader, frame);
            }
        }

        Assert.That(length, Is.Positive);
    }

    private static QuoterPipeline<ManualClock> Pipeline(int levels)
    {
        var books = new List<BookDefinition>();
        foreach (var venue in Venues)
        {
            books.Add(new BookDefinition
            {
                Venue = venue,
                Symbol = "BTCUSDT",
                Instrument = 0,
                ChainRule = ChainRule.None,
                SnapshotSource = SnapshotSource.Socket,
            });
        }

        return new QuoterPipeline<ManualClock>(
            new BookTable(["BTC/USDT"], books),
            new PipelineOptions { Lanes = 1, Levels = levels, QuoteCapacity = 4 },
            new ManualClock());
    }

    private static void Fill(QuoterPipeline<ManualClock> pipeline, Random random)
    {
        var market = new TestMarket(pipeline, new ManualClock());
        for (var book = 0; book < Venues.Length; book++)
        {
            if (random.Next(4) != 0)
            {
                market.GoLive(book, random.Next(0, 20));
            }
        }

        market.GoLive(0, 1);   // so that there is a quote
        var price = random.NextInt64(TestMarket.Mid - 50, TestMarket.Mid);
        market.Set(0, Side.Ask, price, random.NextInt64(1, long.MaxValue));
    }

    private static QuoteReader AssertGolden(QuoterPipeline<ManualClock> pipeline)
    {
        var reader = new QuoteReader(pipeline.Quotes[0]);
        Assert.That(reader.TryReadLatest(), Is.True);
        var encoder = new SummaryEncoder(pipeline.Quotes[0].Levels, pipeline.Table.Definitions);
        var frame = new byte[encoder.FrameBytesMax];
        var length = encoder.Encode(reader, frame);
        var golden = GoldenSummary.Of(reader, pipeline.Table.Definitions).ToByteArray();
        Assert.That(frame[MessagePrefix.Bytes..length], Is.EqualTo(golden));
        Assert.That(MessagePrefix.TryRead(frame, out var compressed, out var stated), Is.True);
        Assert.That((compressed, stated), Is.EqualTo((false, (uint)golden.Length)));
        return reader;
    }
}

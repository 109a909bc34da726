using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Quotes;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Quotes;

/// <summary>
/// Books, a publisher that the test drives in virtual time, and pipes in place of streams: nothing here races.
/// </summary>
internal sealed class PublisherBench : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Venues = ["binance", "bitstamp", "kraken"];

    public PublisherBench(int levels = 10, int quoteCapacity = 64)
    {
        var books = new List<BookDefinition>();
        for (var instrument = 0; instrument < 2; instrument++)
        {
            books.AddRange(Venues.Select(venue => new BookDefinition
            {
                Venue = venue,
                Symbol = instrument == 0 ? "BTCUSDT" : "ETHUSDT",
                Instrument = instrument,
                ChainRule = ChainRule.None,
                SnapshotSource = SnapshotSource.Socket,
            }));
        }

        Clock.Nanos = 1_000_000_000;
        Pipeline = new QuoterPipeline<ManualClock>(
            new BookTable(["BTC/USDT", "ETH/USDT"], books),
            new PipelineOptions { Lanes = 1, Levels = levels, QuoteCapacity = quoteCapacity },
            Clock);
        Market = new TestMarket(Pipeline, Clock);
        Publisher = new QuotePublisher(
            Pipeline.Quotes, Pipeline.Table, Pipeline.PublisherSignal, fees: Fees, clock: Clock);
    }

    public static FeeSchedule Fees { get; } = new(static venue => new VenueOptions
    {
        Name = venue,
        TakerFee = venue switch { "binance" => 0.001m, "bitstamp" => 0.004m, _ => -0.00025m },
    });

    public ManualClock Clock { get; } = new();

    public QuoterPipeline<ManualClock> Pipeline { get; }

    public TestMarket Market { get; }

    public QuotePublisher Publisher { get; }

    public InstrumentSeat[] Seats { get; } = [new InstrumentSeat("BTC/USDT", 0), new InstrumentSeat("ETH/USDT", 1)];

    /// <summary>A stream that takes everything, or no more than a few bytes until it is read.</summary>
    public static Pipe Stream(bool stalls = false) => stalls
        ? new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1))
        : new Pipe(new PipeOptions(pauseWriterThreshold: 0));

    public QuoteSubscriber Subscribe(
        Pipe pipe, SubscriptionTerms? terms = null, int levels = 10, bool gzip = false, long after = -1) =>
        Subscribe(pipe, terms ?? new SubscriptionTerms(), [0], levels, gzip, after);

    public QuoteSubscriber Subscribe(
        Pipe pipe, SubscriptionTerms terms, int[] instruments, int levels = 10, bool gzip = false, long after = -1)
    {
        var subscriber = Publisher.TrySubscribe(
            [
                .. instruments.Select(
                    instrument => (new FeedKey(Seats[instrument], new QuoteTerms(levels), gzip), after)),
            ],
            terms,
            pipe.Writer)!;
        Drive();
        return subscriber;
    }

    /// <summary>Changes the best bid of a venue to a quantity, and lets the publisher do its work.</summary>
    public void Tick(long quantity, int book = 0)
    {
        Market.Set(book, Side.Bid, TestMarket.Mid - 1, quantity);
        Drive();
    }

    public void Drive()
    {
        while (Publisher.DoWork() != 0)
        {
        }
    }

    /// <summary>Drives until something that a pool thread brings about has happened.</summary>
    public async Task DriveUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Publisher.DoWork();
            await Task.Delay(1, patience.Token);
        }
    }

    /// <summary>What lies in a stream; each message once.</summary>
    public static List<StreamQuotesResponse> Take(Pipe pipe)
    {
        var messages = new List<StreamQuotesResponse>();
        if (!pipe.Reader.TryRead(out var result))
        {
            return messages;
        }

        var bytes = result.Buffer.ToArray();
        pipe.Reader.AdvanceTo(result.Buffer.End);
        for (var offset = 0; offset < bytes.Length;)
        {
            Assert.That(MessagePrefix.TryRead(bytes.AsSpan(offset), out var compressed, out var length), Is.True);
            var message = bytes.AsSpan(offset + MessagePrefix.Bytes, (int)length).ToArray();
            messages.Add(StreamQuotesResponse.Parser.ParseFrom(compressed ? Unpack(message) : message));
            offset += MessagePrefix.Bytes + (int)length;
        }

        return messages;
    }

    public void Dispose()
    {
        Publisher.Dispose();
        Pipeline.Dispose();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var message = new MemoryStream();
        gzip.CopyTo(message);
        return message.ToArray();
    }
}

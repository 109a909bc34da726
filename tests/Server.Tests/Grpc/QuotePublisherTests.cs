using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Server.Tests.Grpc;

/// <summary>The publisher without a server: the test drives it, and pipes stand for the streams.</summary>
public sealed class QuotePublisherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private QuoterPipeline<ManualClock> _pipeline = null!;
    private TestMarket _market = null!;
    private QuotePublisher _publisher = null!;

    [SetUp]
    public void Make()
    {
        var definition = new BookDefinition
        {
            Venue = "kraken",
            Symbol = "BTC/USDT",
            Instrument = 0,
            ChainRule = ChainRule.None,
            SnapshotSource = SnapshotSource.Socket,
        };
        var clock = new ManualClock();
        _pipeline = new QuoterPipeline<ManualClock>(
            new BookTable(["BTC/USDT"], [definition]), new PipelineOptions { Lanes = 1, QuoteCapacity = 16 }, clock);
        _market = new TestMarket(_pipeline, clock);
        _publisher = new QuotePublisher(_pipeline.Quotes, _pipeline.Table, _pipeline.PublisherSignal);
        _market.GoLive(0);
    }

    [TearDown]
    public void Free()
    {
        _publisher.Dispose();
        _pipeline.Dispose();
    }

    [Test]
    public void AnOvertakenPublisherGoesOnWithTheLatestAndCounts()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var subscriber = _publisher.TrySubscribe(0, pipe.Writer)!;
        Drive();
        for (var update = 1; update <= 40; update++)
        {
            _market.Set(0, Side.Bid, TestMarket.Mid - 1, update);
        }

        Drive();
        _market.Set(0, Side.Bid, TestMarket.Mid - 1, 41);
        Drive();
        Assert.That(Amounts(pipe), Is.EqualTo([40, 41]));
        Assert.That(_publisher.Counters.Overtaken, Is.EqualTo(39));
        Assert.That(_publisher.Counters.Conflated, Is.Zero);
        Assert.That(_publisher.Counters.Sent, Is.EqualTo(3));
        Assert.That(subscriber.Released.IsCompleted, Is.False);
    }

    [Test]
    public async Task AStalledStreamIsConflatedToTheLatestAndItsMemoryIsBounded()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4_096, resumeWriterThreshold: 1));
        _publisher.TrySubscribe(0, pipe.Writer);
        Drive();
        for (var update = 1; update <= 5_000; update++)
        {
            _market.Set(0, Side.Bid, TestMarket.Mid - 1, update);
            Drive();
        }

        // 1. what lies in the stream is bounded, whatever was published
        var stalled = await pipe.Reader.ReadAsync();
        Assert.That(stalled.Buffer.Length, Is.LessThan(24 * 1024));
        pipe.Reader.AdvanceTo(stalled.Buffer.Start);
        var inStream = Amounts(pipe);

        // 2. the flush completes on a pool thread and calls the publisher: the latest arrives without a further quote
        await DriveUntilAsync(() => _publisher.Counters.Sent > inStream.Length + 1);
        Assert.That(Amounts(pipe), Is.EqualTo([5_000]));
        Assert.That(_publisher.Counters.Conflated, Is.EqualTo(5_000 - inStream.Length - 1));

        // 3. and it is a stream like any other again
        _market.Set(0, Side.Bid, TestMarket.Mid - 1, 9_999);
        Drive();
        Assert.That(Amounts(pipe), Is.EqualTo([9_999]));
    }

    [Test]
    public async Task AStreamBehindByLessThanTheWindowMissesNothing()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        _publisher.TrySubscribe(0, pipe.Writer);
        Drive();
        for (var update = 1; update <= 200; update++)
        {
            _market.Set(0, Side.Bid, TestMarket.Mid - 1, update);
            Drive();
        }

        var amounts = Amounts(pipe).ToList();
        while (amounts.Count == 0 || amounts[^1] != 200)
        {
            var sent = _publisher.Counters.Sent;
            await DriveUntilAsync(() => _publisher.Counters.Sent > sent);
            amounts.AddRange(Amounts(pipe));
        }

        Assert.That(amounts, Is.EqualTo(Enumerable.Range(1, 200)));
        Assert.That(_publisher.Counters.Conflated, Is.Zero);
    }

    [Test]
    public async Task AStreamWhoseReaderIsGoneIsReleased()
    {
        var pipe = new Pipe();
        var subscriber = _publisher.TrySubscribe(0, pipe.Writer)!;
        Drive();
        await pipe.Reader.CompleteAsync();
        _market.Update(0);
        Drive();
        Assert.That(await subscriber.Released.WaitAsync(Patience), Is.Null);
        Assert.That(_publisher.Counters.Subscribers, Is.Zero);
    }

    [Test]
    public async Task AStreamThatThrowsIsReleasedWithItsErrorAndTheOthersGoOn()
    {
        var pipe = new Pipe();
        var broken = new Pipe();
        var first = _publisher.TrySubscribe(0, broken.Writer)!;
        _publisher.TrySubscribe(0, pipe.Writer);
        Drive();
        await broken.Writer.CompleteAsync();
        _market.Set(0, Side.Bid, TestMarket.Mid - 1, 7);
        Drive();
        Assert.That(await first.Released.WaitAsync(Patience), Is.InstanceOf<InvalidOperationException>());
        Assert.That(_publisher.Counters.Broken, Is.EqualTo(1));
        Assert.That(Amounts(pipe), Is.EqualTo([7]));
    }

    [Test]
    public async Task AStopIsHonoredAfterTheFlushUnderWay()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var subscriber = _publisher.TrySubscribe(0, pipe.Writer)!;
        Drive();
        subscriber.Stop();
        Drive();
        Assert.That(subscriber.Released.IsCompleted, Is.False, "the pipe is still being flushed");
        Amounts(pipe);
        await DriveUntilAsync(() => subscriber.Released.IsCompleted);
        Assert.That(_publisher.Counters.Subscribers, Is.Zero);
    }

    [Test]
    public void NothingIsEncodedWithoutSubscribers()
    {
        _market.Update(0);
        Assert.That(_publisher.DoWork(), Is.Zero);
        Assert.That(_publisher.Counters.Sent, Is.Zero);
    }

    private void Drive()
    {
        while (_publisher.DoWork() != 0)
        {
        }
    }

    private async Task DriveUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            _publisher.DoWork();
            await Task.Delay(1, patience.Token);
        }
    }

    /// <summary>
    /// The best bid's amounts, in lots, of the messages that lie in the pipe, without those of the first book.
    /// </summary>
    private static int[] Amounts(Pipe pipe)
    {
        if (!pipe.Reader.TryRead(out var result))
        {
            return [];
        }

        var bytes = result.Buffer.ToArray();
        pipe.Reader.AdvanceTo(result.Buffer.End);
        var amounts = new System.Collections.Generic.List<int>();
        for (var offset = 0; offset < bytes.Length;)
        {
            Assert.That(MessagePrefix.TryRead(bytes.AsSpan(offset), out _, out var length), Is.True);
            var summary = Summary.Parser.ParseFrom(bytes, offset + MessagePrefix.Bytes, (int)length);
            if (summary.Bids[0].Price.Equals((TestMarket.Mid - 1) / 100.0))
            {
                amounts.Add((int)Math.Round(summary.Bids[0].Amount * 1e8));
            }

            offset += MessagePrefix.Bytes + (int)length;
        }

        return [.. amounts];
    }
}

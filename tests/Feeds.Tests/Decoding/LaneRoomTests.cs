using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class LaneRoomTests
{
    private static string Diff(int levels) =>
        """{"e":"depthUpdate","s":"BTCUSDT","U":1,"u":1,"b":["""
        + string.Join(',', Enumerable.Repeat("[\"1\",\"1\"]", levels))
        + """],"a":[]}""";

    [Test]
    public void MessageMaySpanTheWholeLaneAndNoMore()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"], FullLanePolicy.Wait, capacity: 8);
        Assert.That(bench.Feed(Diff(8 * DepthEvent.LevelCapacity)).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeMessages().Single().Bids, Has.Count.EqualTo(8 * DepthEvent.LevelCapacity));
        var outcome = bench.Feed(Diff((8 * DepthEvent.LevelCapacity) + 1));

        Assert.That((outcome.Kind, outcome.Fault), Is.EqualTo((FrameKind.Failed, FaultCode.MessageTooLarge)));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Fault BTCUSDT MessageTooLarge" }));
    }

    [Test]
    public void MessageWithoutRoomIsDroppedWhereTheReaderMayNotWait()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"], capacity: 8);
        bench.Feed(Diff(6 * DepthEvent.LevelCapacity));
        var outcome = bench.Feed(Diff(3 * DepthEvent.LevelCapacity));

        Assert.That((outcome.Kind, outcome.Fault), Is.EqualTo((FrameKind.Failed, FaultCode.RingFull)));
        Assert.That(bench.TakeText()[1], Is.EqualTo("Fault BTCUSDT RingFull"));
    }

    [Test]
    public void ReaderThatMayWaitLosesNothing()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"], FullLanePolicy.Wait, capacity: 8);
        var reader = new Thread(() =>
        {
            for (var message = 0; message < 200; message++)
            {
                bench.Feed(Diff((message * 31 % 400) + 1));
            }
        });
        reader.Start();
        var levels = 0;
        while (reader.IsAlive || bench.Lane.Ring.IsPublished(bench.Lane.Consumed.Get() + 1))
        {
            levels += bench.TakeMessages().Sum(message => message.Bids.Count);
            Thread.Yield();
        }

        Assert.That(levels, Is.EqualTo(Enumerable.Range(0, 200).Sum(message => (message * 31 % 400) + 1)));
    }

    [Test]
    public void ReaderThatIsStoppedDoesNotWaitForRoom()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"], FullLanePolicy.Wait, capacity: 8);
        bench.Feed(Diff(8 * DepthEvent.LevelCapacity));
        var reader = new Thread(() => bench.Feed(Diff(1)));
        reader.Start();
        Assert.That(reader.Join(50), Is.False, "it waits");
        bench.Decoder.Stop();

        Assert.That(reader.Join(10_000), Is.True);
    }

    [Test]
    public void FrameThatFillsTheLaneWithBooksIsAFaultNotAStandstill()
    {
        using var bench = new DecoderBench("kraken", ["BTC/USD", "ETH/USD"], capacity: 8);
        var books = Enumerable.Repeat("""{"symbol":"BTC/USD","bids":[{"price":1,"qty":1}]}""", 20);
        var outcome = default(FrameOutcome);
        var frame = """{"channel":"book","type":"update","data":[""" + string.Join(',', books) + "]}";
        var reader = new Thread(() => outcome = bench.Feed(frame)) { IsBackground = true };
        reader.Start();

        Assert.That(reader.Join(10_000), Is.True, "nobody else makes room");
        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, FaultCode.RingFull, 0)));
        Assert.That(bench.TakeText()[^1], Is.EqualTo("Fault BTC/USD RingFull"));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void DecodingAllocatesNothing()
    {
        using var binance = new DecoderBench("binance", ["BTCUSDT"]);
        using var kraken = new DecoderBench("kraken", ["BTC/USD"]);
        using var bitstamp = new DecoderBench("bitstamp", ["btcusd"]);
        var frames = new (DecoderBench Bench, byte[] Frame)[]
        {
            (binance, Bytes(Diff(100))),
            (binance, Bytes("""{"u":52,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}""")),
            (binance, Bytes("""{"e":"depthUpdate","s":"BTC\u0055SDT","U":1,"u":1,"b":[["x","1"]],"a":[]}""")),
            (kraken, Bytes("""{"channel":"book","type":"update","data":[{"symbol":"BTC\/USD","bids":[{"price":63005.0,"qty":2.08665551}],"asks":[],"checksum":1,"timestamp":"2026-08-01T02:53:53.646219Z"}]}""")),
            (bitstamp, Bytes("""{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"1641343698093521","bids":[["0.14","1e-8"]],"asks":[]}}""")),
            (bitstamp, Bytes("{")),
        };
        Feed(frames);

        using (NoAllocation.Begin())
        {
            for (var round = 0; round < 100; round++)
            {
                Feed(frames);
            }
        }
    }

    private static void Feed((DecoderBench Bench, byte[] Frame)[] frames)
    {
        foreach (var (bench, frame) in frames)
        {
            bench.Feed(frame);
            bench.Drop();
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}

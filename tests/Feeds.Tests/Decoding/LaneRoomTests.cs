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
        Assert.That(
            (bench.Intake.Counters.RingFullDropped, bench.Intake.Counters.DecodeErrors), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void FaultThatFindsNoRoomIsToldOnceBeforeAnythingElseOfItsBook()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT", "ETHUSDT"], capacity: 8);
        while (bench.Lane.HasRoom(1))
        {
            bench.Lane.TryBegin(1, EventKind.Fault);
            bench.Lane.Commit(1);
        }

        for (var lost = 0; lost < 20; lost++)
        {
            bench.Feed(Diff(1));
        }

        Assert.That(bench.Decoder.OwesEvents, Is.True);
        Assert.That(bench.TakeText(), Has.Length.EqualTo(8).And.None.Contains("BTCUSDT"));

        bench.Feed(Diff(2));

        Assert.That(bench.Decoder.OwesEvents, Is.False);
        Assert.That(
            bench.TakeText(), Is.EqualTo(new[] { "Fault BTCUSDT RingFull", "Update BTCUSDT 1..1 bids 1x1 1x1" }));
        Assert.That(bench.Intake.Counters.RingFullDropped, Is.EqualTo(20));
    }

    [Test]
    public void FaultThatFoundNoRoomIsToldAsSoonAsThereIsSome()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"], capacity: 8);
        bench.Feed(Diff(6 * DepthEvent.LevelCapacity));
        while (bench.Lane.HasRoom(1))
        {
            bench.Feed(Diff(3 * DepthEvent.LevelCapacity));
        }

        bench.Feed(Diff(3 * DepthEvent.LevelCapacity));
        Assert.That(bench.Decoder.OwesEvents, Is.True);
        bench.Intake.TellOwed();
        Assert.That(bench.Decoder.OwesEvents, Is.True, "there is no room yet");
        bench.Drop();
        bench.Intake.TellOwed();

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Fault BTCUSDT RingFull" }));
    }

    [Test]
    public void EndOfTheConnectionSaysMoreThanAFault()
    {
        using var bench = new DecoderBench("binance", ["BTCUSDT"], FullLanePolicy.Wait, capacity: 8);
        bench.Feed(Diff(8 * DepthEvent.LevelCapacity));
        bench.Intake.Announce(EventKind.Fault, FaultCode.ProtocolViolation, 1);
        bench.Intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, 2);
        bench.Intake.Announce(EventKind.Fault, FaultCode.MalformedMessage, 3);
        bench.Drop();
        bench.Intake.TellOwed();

        Assert.That(bench.TakeText(), Is.EqualTo(new[] { "Disconnected BTCUSDT ConnectionLost" }));
    }

    [Test]
    public void RoomThatAFrameNeedsIsNeverUnderestimated()
    {
        const string Shortest = """{"symbol":"B","bids":[],"asks":[]}""";
        foreach (var (venue, symbol, frame) in new[]
        {
            ("binance", "BTCUSDT", Diff(1)),
            ("binance", "BTCUSDT", Diff(2_000)),
            ("bitstamp", "btcusd",
                """{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"1","bids":[],"asks":[["1","1"]]}}"""),
            ("kraken", "B",
                """{"channel":"book","type":"update","data":["""
                    + string.Join(',', Enumerable.Repeat(Shortest, 200)) + "]}"),
        })
        {
            var fitted = 0;
            for (var free = 0; free <= 256; free += 8)
            {
                using var filled = new DecoderBench(venue, [symbol], FullLanePolicy.Wait, capacity: 256);
                filled.Decoder.Stop();   // what does not fit fails, it does not wait
                for (var taken = free; taken < 256; taken++)
                {
                    filled.Lane.TryBegin(0, EventKind.TopOfBook);
                    filled.Lane.Commit(1);
                }

                if (filled.Decoder.HasRoomFor(frame.Length))
                {
                    Assert.That(filled.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth), $"{venue}, {free} free");
                    fitted++;
                }
            }

            Assert.That(fitted, Is.InRange(1, 32), $"{venue}: an empty lane takes it, a full one does not");
            using var bench = new DecoderBench(venue, [symbol], FullLanePolicy.Wait, capacity: 256);
            Assert.That(bench.Decoder.HasRoomFor(int.MaxValue / 2), Is.True, "whatever an empty lane can hold");
        }
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
        Assert.That(
            (outcome.Kind, outcome.Fault, outcome.Book),
            Is.EqualTo((FrameKind.Failed, FaultCode.RingFull, FrameOutcome.AllBooks)));
        Assert.That(
            bench.TakeText()[^2..],
            Is.EqualTo(new[] { "Fault BTC/USD RingFull", "Fault ETH/USD RingFull" }),
            "what stands behind the first one was not read and may have been of any book");
    }

    [Test]
    [Category(Categories.Allocation)]
    public void DecodingAllocatesNothing()
    {
        using var binance = new DecoderBench("binance", ["BTCUSDT"]);
        using var kraken = new DecoderBench("kraken", ["BTC/USD"]);
        using var bitstamp = new DecoderBench("bitstamp", ["btcusd"]);
        using var okx = new DecoderBench("okx", ["BTC-USDT"]);
        using var bybit = new DecoderBench("bybit", ["BTCUSDT"]);
        using var kucoin = new DecoderBench("kucoin", ["BTC-USDT"]);
        using var gateio = new DecoderBench("gateio", ["BTC_USDT"]);
        using var bitfinex = new DecoderBench("bitfinex", ["tBTCUSD"]);
        using var cryptocom = new DecoderBench("cryptocom", ["BTC_USD"]);
        var frames = new (DecoderBench Bench, byte[] Frame)[]
        {
            (binance, Bytes(Diff(100))),
            (binance, Bytes("""{"u":52,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}""")),
            (binance, Bytes("""{"e":"depthUpdate","s":"BTC\u0055SDT","U":1,"u":1,"b":[["x","1"]],"a":[]}""")),
            (kraken, Bytes("""{"channel":"book","type":"update","data":[{"symbol":"BTC\/USD","bids":[{"price":63005.0,"qty":2.08665551}],"asks":[],"checksum":1,"timestamp":"2026-08-01T02:53:53.646219Z"}]}""")),
            (bitstamp, Bytes("""{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"1641343698093521","bids":[["0.14","1e-8"]],"asks":[]}}""")),
            (bitstamp, Bytes("{")),
            (okx, Bytes("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["30250.4","0.08","0","1"]],"bids":[["30248","0","0","0"]],"ts":"1652459226350","checksum":-1137548519,"seqId":3145000107,"prevSeqId":3145000100}]}""")),
            (okx, Bytes("""{"action":"snapshot","arg":{"channel":"books","instId":"BTC-USDT"},"data":[{"asks":[["30250.40","0.08","0","1"]],"bids":[]}]}""")),
            (okx, Bytes("""{"event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:BTC-USDT doesn\u0027t exist."}""")),
            (okx, Bytes("pong")),
            (bybit, Bytes("""{"topic":"orderbook.50.BTCUSDT","ts":1687940967466,"type":"delta","data":{"s":"BTCUSDT","b":[["30247.20","30.028"]],"a":[],"u":177400507,"seq":66544703342},"cts":1687940967464}""")),
            (bybit, Bytes("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":[["30247.20","1e-8"]],"a":[],"u":7}}""")),
            (bybit, Bytes("""{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.BTCUSDT","op":"subscribe"}""")),
            (kucoin, Bytes("""{"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[["67993.3","1.2","14701689783"]],"bids":[["0","0","14701689783"]]},"sequenceEnd":14701689783,"sequenceStart":14701689783,"symbol":"BTC-USDT","time":1729816425625}}""")),
            (kucoin, Bytes("""{"type":"message","topic":"/market/level2:BTC\u002dUSDT","data":{"sequenceStart":1,"sequenceEnd":1,"changes":{"asks":[["0","x"]],"bids":[]}}}""")),
            (kucoin, Bytes("""{"type":"message","topic":"/market/ticker:BTC-USDT","data":{"sequence":"1","bestBid":"1","bestBidSize":"1","bestAsk":"2","bestAskSize":"1"}}""")),
            (kucoin, Bytes("""{"id":"BTC-USDT","type":"error","code":404,"data":"x"}""")),
            (gateio, Bytes("""{"channel":"spot.obu","result":{"t":1747054612695,"s":"ob.BTC_USDT.50","u":73777715212,"U":73777715169,"b":[["104024.5","0.1"]],"a":[["104027","0"]]},"time_ms":1747054612925}""")),
            (gateio, Bytes("""{"result":{"full":true,"s":"ob.BTC\u005fUSDT.50","u":9,"b":[["1","1"]],"a":[]}}""")),
            (gateio, Bytes("""{"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"],"error":{"code":2,"message":"Alert sub x"}}""")),
            (bitfinex, Bytes("""{"event":"info","version":2,"platform":{"status":1}}""")),
            (bitfinex, Bytes("""{"event":"conf","status":"OK","flags":196608}""")),
            (bitfinex, Bytes("""{"event":"subscribed","channel":"book","chanId":5,"symbol":"tBTC\u0055SD","prec":"P0","len":"25"}""")),
            (bitfinex, Bytes("""[5,[[57989,2,0.5],[57990,1,-0.25]],1]""")),
            (bitfinex, Bytes("""[5,[57989,0,1],2]""")),
            (bitfinex, Bytes("""[5,[7e-7,1,0.5],3]""")),
            (bitfinex, Bytes("""[5,"cs",-5,5]""")),
            (bitfinex, Bytes("""[6,"hb",6]""")),
            (bitfinex, Bytes("""{"channel":"book","symbol":"tBTCUSD","event":"error","code":10300}""")),
            (cryptocom, Bytes("""{"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"BTC_USD","subscription":"book.BTC_USD.50","channel":"book.update","depth":50,"data":[{"update":{"asks":[["2750.20","0","0"]],"bids":[]},"t":1790114273659,"tt":1790114273655,"u":375554807336512,"pu":375554807297984,"cs":1522984915}]}}""")),
            (cryptocom, Bytes("""{"result":{"instrument_name":"BTC\u005fUSD","channel":"book","data":[{"asks":[["1","1"]],"bids":[],"u":1}]}}""")),
            (cryptocom, Bytes("""{"id":1,"method":"public/heartbeat","code":0}""")),
            (cryptocom, Bytes("""{"id":1,"method":"subscribe","code":40003,"channel":"book.BTC_USD.20"}""")),
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

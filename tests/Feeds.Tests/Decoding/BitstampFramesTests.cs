using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

public sealed class BitstampFramesTests
{
    private const string Book =
        """{"timestamp":"1641343698","microtimestamp":"1641343698093521","bids":[["0.14","12.0"]],"asks":[["0.15000","0.00000000"]]}""";

    private const string Read =
        "btcusd 1641343698093521..1641343698093521 bids 0.14x12 asks 0.15x0 at 1641343698093521000";

    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":""" + Book + "}", "Update ")]
    [TestCase("""{"data":""" + Book + ""","channel":"diff_order_book_btcusd","event":"data"}""", "Update ")]
    [TestCase("""{"event":"data","channel":"order_book_btcusd","data":""" + Book + "}", "Snapshot ")]
    [TestCase("""{ "\u0065vent" : "dat\u0061" , "channel" : "diff_order\u005fbook_btcusd" , "data" :""" + Book + " }",
        "Update ")]
    [TestCase(
        """{"channel":"diff_order_book_btcusd","event":"data","data":{"asks":[[0.15,0]],"microtimestamp":1641343698093521,"bids":[["0.14","12.0","77"]]}}""",
        "Update ")]
    public void BookIsReadHoweverItIsWritten(string frame, string kind)
    {
        using var bench = new DecoderBench("bitstamp", ["btcusd"]);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(FrameKind.Depth));
        Assert.That(bench.TakeText(), Is.EqualTo(new[] { kind + Read }));
    }

    [TestCase("""{"event":"bts:subscription_succeeded","channel":"diff_order_book_btcusd","data":{}}""", FrameKind.Acknowledged)]
    [TestCase("""{"event":"bts:error","channel":"","data":{"code":4009,"message":"Bad subscription string."}}""", FrameKind.Refused)]
    [TestCase("""{"event":"bts:error","channel":"","data":{"code":null,"message":"Incorrect JSON format."}}""", FrameKind.Refused)]
    [TestCase("""{"event":"bts:request_reconnect","channel":"","data":""}""", FrameKind.ReconnectRequested)]
    [TestCase("""{"event":"bts:request_reconnect","channel":"","data":null}""", FrameKind.ReconnectRequested)]
    [TestCase("""{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}""", FrameKind.Heartbeat)]
    [TestCase("""{"event":"bts:unsubscription_succeeded","channel":"x","data":{}}""", FrameKind.Ignored)]
    [TestCase("""{"event":"trade","channel":"live_trades_btcusd","data":{"id":1,"price":1.5}}""", FrameKind.Ignored)]
    [TestCase("""{"event":"data","channel":"detail_order_book_btcusd","data":{}}""", FrameKind.Ignored)]
    [TestCase("""{"event":"data","channel":"diff_order_book_ethusd","data":{"bids":"x"}}""", FrameKind.Ignored)]
    [TestCase("""{"event":"data","channel":"diff_order_book_","data":{}}""", FrameKind.Ignored)]
    [TestCase("""{"event":"data","channel":null,"data":{}}""", FrameKind.Ignored)]
    [TestCase("{}", FrameKind.Ignored)]
    public void OtherFramesSayNothingOfABook(string frame, FrameKind kind)
    {
        using var bench = new DecoderBench("bitstamp", ["btcusd"]);

        Assert.That(bench.Feed(frame).Kind, Is.EqualTo(kind));
        Assert.That(bench.TakeText(), Is.Empty);
    }

    [TestCase("""{"event":5}""", FaultCode.MalformedMessage, -1)]
    [TestCase("""[{"event":"data"}]""", FaultCode.MalformedMessage, -1)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":null}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd"}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":{"bids":[],"asks":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"x","bids":[],"asks":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"0","bids":[],"asks":[]}}""", FaultCode.MalformedMessage, 0)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"5","bids":[],"asks":[["1","1e400"]]}}""", FaultCode.ScaleOverflow, 0)]
    [TestCase("""{"event":"data","channel":"diff_order_book_btcusd","data":{"microtimestamp":"5","bids":[["",""]],"asks":[]}}""", FaultCode.MalformedNumber, 0)]
    public void BadFrameFaultsTheBookItNamesOrAll(string frame, FaultCode fault, int book)
    {
        using var bench = new DecoderBench("bitstamp", ["btcusd", "ethusd"]);
        var outcome = bench.Feed(frame);

        Assert.That((outcome.Kind, outcome.Fault, outcome.Book), Is.EqualTo((FrameKind.Failed, fault, book)));
        Assert.That(bench.TakeText(), Is.EqualTo(book == 0
            ? new[] { $"Fault btcusd {fault}" }
            : [$"Fault btcusd {fault}", $"Fault ethusd {fault}"]));
    }

    [TestCase(Book, true)]
    [TestCase("""{"microtimestamp":"5","bids":[]}""", false)]
    [TestCase("""{"status":"error","reason":"x","code":"400.067"}""", false)]
    [TestCase("""{"microtimestamp":"5","bids":[],"asks":[]}]""", false)]
    public void SnapshotIsReadOrRefusedAsAWhole(string body, bool reads)
    {
        using var bench = new DecoderBench("bitstamp", ["btcusd"]);

        Assert.That(bench.FeedSnapshot(body).Kind, Is.EqualTo(reads ? FrameKind.Depth : FrameKind.Failed));
        Assert.That(bench.TakeText(), reads ? Is.EqualTo(new[] { "Snapshot " + Read }) : Is.Empty);
    }
}

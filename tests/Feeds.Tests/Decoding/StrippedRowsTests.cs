using System.Linq;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Decoding;

/// <summary>
/// Numbers with as many decimals as they need, by the short way and by the general one: the same levels, or both
/// refuse.
/// </summary>
public sealed class StrippedRowsTests
{
    private static readonly string[] Numbers =
    [
        "1", "0", "10", "30244", "9999999999999999", "12345678901234567", "0.1", "30243.5", "0.00000001",
        "123.45678901", "1.", ".5", ".", "", "00", "007", "0.10", "1.50", "-1", "+1", "1e3", "1.2.3",
        "1,5", " 1", "1 ", "x", "0x1", "1_0", "12345678.12345678",
        "0.00000000000001", "99999999.99999999", "4.", "..", "1.5.", "0.", "5.x",
    ];

    private static readonly string[] Tails =
    [
        ",\"0\",\"1\"", ",\"0\",\"12\"", ",\"0\",\"1234567\"", ",\"0\",\"12345678\"", ",\"0\",\"\"", ",\"0\",\"x\"",
        ",\"0\",\"1x\"", ",\"1\",\"1\"", ",\"0\",1", ",\"0\"", "", ",\"0\",\"1\",\"2\"", ",\"0\", \"1\"",
        ",\"0\",\"1\" ",
    ];

    [Test]
    public void PricesAndQuantitiesOfEverySpelling([Values("okx", "bybit")] string venue)
    {
        foreach (var price in Numbers)
        {
            foreach (var quantity in Numbers)
            {
                // Once with bytes behind it, so that the row is read by vectors, and once at the frame's end.
                Compare(venue, $"[\"{price}\",\"{quantity}\"{Tail(venue)}],[\"7\",\"8\"{Tail(venue)}]");
                Compare(venue, $"[\"{price}\",\"{quantity}\"{Tail(venue)}]");
            }
        }
    }

    [TestCaseSource(nameof(Tails))]
    public void TailsOfEverySpelling(string tail)
    {
        Compare("okx", $"[\"30244\",\"0.5\"{tail}],[\"7\",\"8\",\"0\",\"1\"]");
        Compare("okx", $"[\"7\",\"8\",\"0\",\"1\"],[\"30244\",\"0.5\"{tail}]");
    }

    [Test]
    public void UsualRowsTakeTheShortWay([Values("okx", "bybit")] string venue)
    {
        string[] prices = ["1", "10", "30244", "9999999999999999", "0.1", "30243.5", "123.45"];
        string[] quantities = ["1", "0", "10", "0.1", "30243.5", "0.00000001", "123.45678901"];
        var rows = string.Join(',', prices.Zip(quantities).Select(level =>
            $"[\"{level.First}\",\"{level.Second}\"{Tail(venue)}]"));
        using var bench = Bench(venue);
        bench.Feed(Frame(venue, rows));

        Assert.That(bench.Decoder.UsualFrames, Is.EqualTo(Wire.Text.DigitPair.IsSupported ? 1 : 0));
    }

    private static string Tail(string venue) => venue == "okx" ? ",\"0\",\"12\"" : "";

    private static void Compare(string venue, string rows)
    {
        using var near = Bench(venue);
        using var far = Bench(venue);
        var frame = Frame(venue, rows);
        var found = near.Feed(frame);
        var expected = far.Feed(" " + frame);
        Assert.That(far.Decoder.UsualFrames, Is.Zero);
        Assert.That(
            (found.Kind, found.Fault, found.Book), Is.EqualTo((expected.Kind, expected.Fault, expected.Book)), rows);
        Assert.That(near.TakeText(), Is.EqualTo(far.TakeText()), rows);
    }

    private static DecoderBench Bench(string venue)
    {
        var bench = new DecoderBench(venue, ["A-B"]);
        bench.Intake.Declare(0, 2, 8);
        return bench;
    }

    private static string Frame(string venue, string rows) => venue == "okx"
        ? """{"arg":{"channel":"books","instId":"A-B"},"action":"update","data":[{"asks":[""" + rows
            + """],"bids":[],"ts":"0","checksum":3}]}"""
        : """{"topic":"orderbook.50.A-B","ts":1,"type":"delta","data":{"s":"A-B","b":[],"a":[""" + rows
            + """],"u":5,"seq":6}}""";
}

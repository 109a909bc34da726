using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

public sealed class CaptureReaderTests
{
    private const string Text = """
        configuration: {"x":1}

        https://x.com/api/v3/depth?symbol=BTCUSDT&limit=1000 -> 10.5: {"lastUpdateId":1}
        wss://x.com/stream <-> 10.6
        wss://x.com/stream <- 10.7: {"method":"SUBSCRIBE"}
        11.000000001: {"e":"a"}
        """;

    private static string Describe(ICaptureReader reader) =>
        $"{reader.Nanos} {reader.Kind} {reader.Address?.AbsolutePath}{Encoding.UTF8.GetString(reader.Payload.Span)}";

    private static List<string> Read(params string[] paths)
    {
        var found = new List<string>();
        using var recording = new Recording(paths);
        while (recording.TryRead())
        {
            found.Add(Describe(recording));
        }

        return found;
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    public void TextFormatIsRead(string lineEnd)
    {
        using var files = new TemporaryFiles();
        var path = files.Write("a", Text.ReplaceLineEndings(lineEnd));

        Assert.That(Read(path), Is.EqualTo(new[]
        {
            "10500000000 RestBody /api/v3/depth{\"lastUpdateId\":1}", "11000000001 Frame {\"e\":\"a\"}",
        }));
    }

    [Test]
    public void OtherFormatsAreToldByTheirFirstBytes()
    {
        using var files = new TemporaryFiles();

        Assert.That(
            Read(files.Write("b", "CBCAP1 kraken BTC/USD 1000\n500 3\na\nb\n507 0\n\n")),
            Is.EqualTo(new[] { "1000 Frame a\nb", "1007 Frame " }));
        Assert.That(
            Read(files.Write("c", "1723161253937085768 {\"e\":1}\n\n1723161253937085769 {\"lastUpdateId\":5}")),
            Is.EqualTo(new[]
            {
                "1723161253937085768 Frame {\"e\":1}", "1723161253937085769 RestBody {\"lastUpdateId\":5}",
            }));
        Assert.That(
            Read(files.Write("d", "{\"a\":1}\n[2]\n")),
            Is.EqualTo(new[] { "1000000 Frame {\"a\":1}", "2000000 Frame [2]" }));
        Assert.That(Read(files.Write("e", "10.5: {\"a\":1}\n")), Is.EqualTo(new[] { "10500000000 Frame {\"a\":1}" }));
    }

    [Test]
    public void PackedFilesAreToldByContentNotByName()
    {
        using var files = new TemporaryFiles();
        var packed = TemporaryFiles.Gzip(Encoding.UTF8.GetBytes(Text));

        Assert.That(Read(files.Write("plain.txt", packed)), Has.Count.EqualTo(2));
        Assert.That(Read(files.Write("packed.gz", Text)), Has.Count.EqualTo(2));
    }

    [Test]
    public void RecordLargerThanTheBufferIsReadWhole()
    {
        using var files = new TemporaryFiles();
        var large = "{\"a\":\"" + new string('x', 300_000) + "\"}";

        Assert.That(
            Read(files.Write("a", $"1.0: {large}\n2.0: {{}}\n")),
            Is.EqualTo(new[] { $"1000000000 Frame {large}", "2000000000 Frame {}" }));
    }

    [Test]
    public void SeveralFilesAreMergedByTimeAndAtEqualTimesByTheirOrder()
    {
        using var files = new TemporaryFiles();
        var first = files.Write("a", "1.0: a1\n3.0: a3\n3.0: a3b\n");
        var second = files.Write("b", "0.5: b0\n3.0: b3\n4.0: b4\n");

        Assert.That(
            Read(first, second).Select(line => line.Split(' ')[^1]),
            Is.EqualTo(new[] { "b0", "a1", "a3", "a3b", "b3", "b4" }));
        Assert.That(
            Read(second, first).Select(line => line.Split(' ')[^1]),
            Is.EqualTo(new[] { "b0", "a1", "b3", "a3", "a3b", "b4" }));
    }

    [TestCase("", "the file is empty")]
    [TestCase("hello", "none of the known capture formats")]
    [TestCase("\u00ff\u0000", "none of the known capture formats")]
    [TestCase("1.0: {}\nnonsense\n", ":2: expected")]
    [TestCase("1.0: {}\n1.5 {}\n", ":2: expected 'time: payload'")]
    [TestCase("1.0: {}\n1.2.3: {}\n", ":2: expected 'time: payload'")]
    [TestCase("https://x/a -> 1.0: {}\nhttps://x/a -> {}\n", ":2: expected 'address -> time: body'")]
    [TestCase("100 {}\n{}\n", ":2: expected 'unix_ns payload'")]
    [TestCase("100 {}\n1x {}\n", ":2: expected 'unix_ns payload'")]
    [TestCase("CBCAP1 kraken BTC/USD\n", ":1: expected 'CBCAP1 venue symbol unix_ns'")]
    [TestCase("CBCAP1 kraken BTC/USD 1\n5 x\n", "behind line 2: expected 'steady_ns byte_count'")]
    [TestCase("CBCAP1 kraken BTC/USD 1\n5 -3\n", "behind line 2: expected 'steady_ns byte_count'")]
    [TestCase("CBCAP1 kraken BTC/USD 1\n5 99999999999\n", "behind line 2: expected 'steady_ns byte_count'")]
    [TestCase("CBCAP1 kraken BTC/USD 1\n5 4\nab", "behind line 2: the file ends inside of a payload of 4 bytes")]
    [TestCase(
        "CBCAP1 kraken BTC/USD 1\n5 2\nabcd\n",
        "behind line 2: a payload of 2 bytes does not end with a line end")]
    public void DamagedFileIsRefusedWithItsPlace(string text, string message)
    {
        using var files = new TemporaryFiles();
        var path = files.Write("damaged", text);

        Assert.That(() => Read(path), Throws.TypeOf<CaptureFormatException>()
            .With.Message.StartsWith(path).And.Message.Contains(message));
    }

    [Test]
    public void FileThatIsNotThereIsNamed()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("a", "x") + ".missing";

        Assert.That(() => Read(path), Throws.TypeOf<CaptureFormatException>().With.Message.Contains(path));
    }

    [Test]
    public void EveryCutOfAPackedFileIsRefused()
    {
        using var files = new TemporaryFiles();
        var lines = string.Concat(
            Enumerable.Range(1, 200).Select(line => $"{line}.0: {{\"line\":{line * 7919 % 1000}}}\n"));
        var packed = TemporaryFiles.Gzip(Encoding.UTF8.GetBytes(lines));
        for (var cut = 2; cut < packed.Length; cut += 1 + (packed.Length / 60))
        {
            var path = files.Write("cut", packed[..cut]);
            Assert.That(
                () => Read(path),
                Throws.TypeOf<CaptureFormatException>().With.Message.StartsWith(path),
                $"{cut} bytes");
        }
    }

    [Test]
    public void PackedFileWithWrongBytesIsRefused()
    {
        using var files = new TemporaryFiles();
        var packed = TemporaryFiles.Gzip(Encoding.UTF8.GetBytes(Text));
        packed[^6] ^= 0x55;   // its check sum
        var path = files.Write("wrong.gz", packed);

        Assert.That(() => Read(path), Throws.TypeOf<CaptureFormatException>().With.Message.Contains(path));
    }

    [TestCase("kraken", "1.0: {\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"depth\":25,\"symbol\":\"BTC\\/USD\"},\"success\":true}\n2.0: {\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"ETH/USD\"}]}\n3.0: {\"channel\":\"heartbeat\"}\n", "BTC/USD 25, ETH/USD 0")]
    [TestCase("binance", "https://x/api/v3/depth?limit=5&symbol=LTCBTC -> 0.5: {}\nhttps://x/api/v3/exchangeInfo -> 0.6: {}\n1.0: {\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"s\":\"BTC\\u0055SDT\"}}\n1.5: {\"e\":\"trade\",\"s\":\"X\"}\n1.6: nonsense\n", "LTCBTC 0, BTCUSDT 0")]
    [TestCase("bitstamp", "https://x/api/v2/order_book/ethusd/?group=1 -> 0.5: {}\n1.0: {\"event\":\"data\",\"channel\":\"diff_order_book_btcusd\",\"data\":{}}\n1.1: {\"event\":\"data\",\"channel\":\"live_trades_x\"}\n", "ethusd 0, btcusd 0")]
    [TestCase("kucoin", "https://x/api/v3/market/orderbook/level2?symbol=NRG-BTC -> 0.5: {}\nhttps://x/api/v1/symbols -> 0.6: {}\n1.0: {\"topic\":\"/market/level2:BTC-\\u0055SDT\",\"type\":\"message\",\"data\":{}}\n1.1: {\"topic\":\"/market/ticker:X-Y\",\"type\":\"message\"}\n1.2: {\"type\":\"welcome\"}\n", "NRG-BTC 0, BTC-USDT 0")]
    [TestCase("gateio", "https://x/api/v4/spot/order_book?limit=100&currency_pair=A_B -> 0.5: {}\n1.0: {\"channel\":\"spot.order_book_update\",\"event\":\"update\",\"result\":{\"s\":\"A_B\"}}\n1.1: {\"s\":\"ob.BTC_USDT.400\",\"u\":1}\n1.2: {\"channel\":\"spot.tickers\",\"event\":\"update\",\"result\":{\"s\":\"C_D\"}}\n", "A_B 100, BTC_USDT 400")]
    [TestCase("bitfinex", "https://x/v2/conf/pub:list:pair:exchange -> 0.5: []\n1.0: {\"event\":\"subscribed\",\"channel\":\"book\",\"chanId\":5,\"symbol\":\"tBTC\\u0055SD\",\"prec\":\"P0\",\"len\":\"100\"}\n1.1: {\"event\":\"subscribed\",\"channel\":\"book\",\"symbol\":\"tX\",\"prec\":\"R0\",\"len\":25}\n1.2: {\"event\":\"subscribed\",\"channel\":\"trades\",\"symbol\":\"tY\"}\n1.3: [5,[1,1,1]]\n", "tBTCUSD 100")]
    [TestCase("cryptocom", "https://x/exchange/v1/public/get-instruments -> 0.5: {}\n1.0: {\"result\":{\"channel\":\"book\",\"instrument_name\":\"BTC\\u005fUSD\",\"depth\":50,\"data\":[]}}\n1.1: {\"result\":{\"channel\":\"trade\",\"instrument_name\":\"A_B\",\"data\":[]}}\n1.2: {\"result\":{\"channel\":\"book.update\",\"instrument_name\":\"C_D\",\"data\":[]}}\n", "BTC_USD 50, C_D 0")]
    public void ScanFindsTheBooksAndTheirDepths(string name, string text, string expected)
    {
        using var files = new TemporaryFiles();
        VenueRegistry.TryFind(name, out var venue);
        using var recording = new Recording([files.Write("a", text)]);
        var seen = 0;
        var books = RecordingScan.Books(recording, venue, () => seen++);

        Assert.That(string.Join(", ", books.Select(book => $"{book.Symbol} {book.Depth}")), Is.EqualTo(expected));
        Assert.That(seen, Is.EqualTo(text.Count(letter => letter == '\n')));
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Bitfinex;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class BitfinexTests
{
    private const string Path = "/ws/2";
    private const int Sequences = 65_536;
    private const int Checksums = 131_072;
    private const int Timestamps = 32_768;
    private const int Bulk = 536_870_912;

    private static readonly BitfinexSettings Generous = new() { ConnectionsPerMinute = 10_000 };

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        Instruments = ["BTC/USDT", "ETH/USD", "PEPE/USD"],
        Bitfinex = Generous,
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [TestCase(0)]
    [TestCase(Timestamps)]
    [TestCase(Bulk)]
    public async Task NumbersChecksumsAndWindowHold(int more)
    {
        using var socket = await OpenAsync(Sequences | Checksums | more);
        await socket.SendAsync(Subscribe("tBTCUST", "25"));
        await socket.SendAsync(Subscribe("tPEPE:USD", "25"));
        var books = new Dictionary<long, TestBook>();
        var (sequence, checksums, exponents) = (0L, 0, 0);
        while (checksums < 6)
        {
            var frame = await socket.ReceiveAsync();
            if (frame.ValueKind == JsonValueKind.Object)
            {
                Assert.That(frame.GetProperty("event").GetString(), Is.EqualTo("subscribed"));
                books.Add(frame.GetProperty("chanId").GetInt64(), new TestBook());
                continue;
            }

            var length = frame.GetArrayLength();
            Assert.That(frame[more == Timestamps ? length - 2 : length - 1].GetInt64(), Is.EqualTo(++sequence));
            var book = books[frame[0].GetInt64()];
            exponents += frame.GetRawText().Contains("e-", StringComparison.Ordinal) ? 1 : 0;
            if (frame[1].ValueKind == JsonValueKind.String)
            {
                Assert.That(frame[1].GetString(), Is.EqualTo("cs"));
                Assert.That(book.InterleavedChecksum(), Is.EqualTo(frame[2].GetInt32()));
                checksums++;
                continue;
            }

            var isArray = frame[1][0].ValueKind == JsonValueKind.Array;
            Assert.That(isArray, Is.EqualTo(more == Bulk || book.Bids.Count == 0), "the whole book comes once");
            book.ApplySigned(isArray ? [.. frame[1].EnumerateArray()] : [frame[1]]);
        }

        Assert.That(books, Has.Count.EqualTo(2));
        Assert.That(books.Values.Select(book => (book.Bids.Count, book.Asks.Count)), Is.All.EqualTo((25, 25)));
        Assert.That(exponents, Is.Positive, "prices below a millionth");
    }

    [Test]
    public async Task PricesHaveFiveDigitsAndDeletesAnAmountOfOne()
    {
        using var socket = await OpenAsync(0);
        await socket.SendAsync(Subscribe("tETHUSD", "250"));
        await socket.ReceiveAsync(frame => frame.ValueKind == JsonValueKind.Array);
        var deleted = 0;
        for (var row = 0; row < 200; row++)
        {
            var change = (await socket.ReceiveAsync(frame => frame.ValueKind == JsonValueKind.Array))[1];
            Assert.That(change.GetArrayLength(), Is.EqualTo(3));
            var digits = change[0].GetRawText().Replace(".", "", StringComparison.Ordinal);
            Assert.That(digits, Has.Length.LessThanOrEqualTo(5));
            Assert.That(change.GetRawText(), Does.Not.Match(@"\.\d*0[,\]]"), "as short as they go");
            if (change[1].GetInt32() == 0)
            {
                Assert.That(Math.Abs(change[2].GetDecimal()), Is.EqualTo(1));
                deleted++;
            }
        }

        Assert.That(deleted, Is.GreaterThan(20));
    }

    [Test]
    public async Task SocketBeginsWithANoticeAndChannelsGiveSignsOfLife()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock, Bitfinex = Generous });
        using var socket = await exchange.ConnectAsync("bitfinex", Path);
        using var idle = await exchange.ConnectAsync("bitfinex", Path);
        var hello = await socket.ReceiveAsync();
        Assert.That(hello.GetProperty("version").GetInt32(), Is.EqualTo(2));
        Assert.That(hello.GetProperty("platform").GetProperty("status").GetInt32(), Is.EqualTo(1));
        var conf = await socket.AskAsync("""{"event":"conf","flags":65536}""");
        Assert.That(conf.GetRawText(), Is.EqualTo("""{"event":"conf","status":"OK","flags":65536}"""));
        var channel = (await socket.AskAsync(Subscribe("tBTCUST", "25"))).GetProperty("chanId").GetInt64();
        Assert.That((await socket.ReceiveAsync())[2].GetInt64(), Is.EqualTo(1), "the whole book is the first");
        clock.Advance(TimeSpan.FromSeconds(16));
        Assert.That(
            (await socket.ReceiveAsync()).GetRawText(),
            Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"[{channel},\"hb\",2]")));
        var pong = await socket.AskAsync("""{"event":"ping","cid":1234}""");
        Assert.That(pong.GetProperty("event").GetString(), Is.EqualTo("pong"));
        Assert.That(pong.GetProperty("cid").GetInt64(), Is.EqualTo(1_234));
        clock.Advance(TimeSpan.FromSeconds(50));
        await Assert.ThatAsync(idle.DrainAsync, Throws.InstanceOf<WebSocketException>(), "dropped without a word");
    }

    [TestCase("""{"event":"subscribe","channel":"book","symbol":"tNOPE"}""", 10_300, "symbol: invalid")]
    [TestCase("""{"event":"subscribe","channel":"book","symbol":"tBTCUST","len":"7"}""", 10_300, "length: invalid")]
    [TestCase("""{"event":"subscribe","channel":"book","symbol":"tBTCUST","prec":"R0"}""", 10_300, "precision: invalid")]
    [TestCase("""{"event":"subscribe","channel":"book","symbol":"tBTCUST","freq":"F1"}""", 10_300, "frequency: invalid")]
    [TestCase("""{"event":"subscribe","channel":"weather","symbol":"tBTCUST"}""", 10_300, "channel: unknown")]
    [TestCase("""{"event":"unsubscribe","chanId":5}""", 10_400, "unsubscribe: invalid")]
    [TestCase("""{"event":"nope"}""", 10_000, "event: invalid (nope)")]
    [TestCase("""{}""", 10_000, "event: invalid ()")]
    public async Task BadRequestIsRefused(string request, int code, string words)
    {
        using var socket = await OpenAsync(0);
        await socket.SendAsync("this is not JSON");
        await socket.SendAsync("[]");
        var answer = await socket.AskAsync(request);
        Assert.That(answer.GetProperty("event").GetString(), Is.EqualTo("error"));
        Assert.That(answer.GetProperty("code").GetInt32(), Is.EqualTo(code));
        Assert.That(answer.GetProperty("msg").GetString(), Is.EqualTo(words));
    }

    [Test]
    public async Task ChannelIsOpenedOnceAndClosedByItsNumber()
    {
        using var socket = await OpenAsync(0);
        var request = """{"event":"subscribe","channel":"book","symbol":"BTCUST","len":25,"subId":"mine"}""";
        var first = await socket.AskAsync(request);
        var channel = first.GetProperty("chanId").GetInt64();
        Assert.That(first.GetProperty("symbol").GetString(), Is.EqualTo("tBTCUST"));
        Assert.That(first.GetProperty("subId").GetString(), Is.EqualTo("mine"));
        Assert.That(first.GetProperty("len").GetString(), Is.EqualTo("25"));
        await socket.SendAsync(request);
        var second = await socket.ReceiveAsync(IsEvent);
        Assert.That(second.GetProperty("code").GetInt32(), Is.EqualTo(10_301));
        Assert.That(second.GetProperty("chanId").GetInt64(), Is.EqualTo(channel));
        await socket.SendAsync(string.Create(
            CultureInfo.InvariantCulture, $$"""{"event":"unsubscribe","chanId":{{channel}}}"""));
        var closed = await socket.ReceiveAsync(IsEvent);
        Assert.That(closed.GetProperty("event").GetString(), Is.EqualTo("unsubscribed"));
        Assert.That(closed.GetProperty("status").GetString(), Is.EqualTo("OK"));
        var again = await socket.AskAsync(request);
        Assert.That(again.GetProperty("chanId").GetInt64(), Is.Not.EqualTo(channel), "another number");
        Assert.That((await socket.ReceiveAsync())[1].GetArrayLength(), Is.EqualTo(50), "and the whole book");
    }

    [Test]
    public async Task LimitsAreEnforced()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Bitfinex = new BitfinexSettings { ConnectionsPerMinute = 1, ChannelsPerSocket = 2 },
            Clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50)),
        });
        using var socket = await exchange.ConnectAsync("bitfinex", Path);
        await Assert.ThatAsync(
            () => exchange.ConnectAsync("bitfinex", Path),
            Throws.InstanceOf<WebSocketException>().With.Message.Contains("429"));
        await socket.SendAsync("""{"event":"subscribe","channel":"trades","symbol":"tBTCUST"}""");
        await socket.SendAsync("""{"event":"subscribe","channel":"ticker","symbol":"tBTCUST"}""");
        await socket.SendAsync(Subscribe("tBTCUST", "25"));
        var refused = await socket.ReceiveAsync(
            frame => IsEvent(frame) && frame.GetProperty("event").GetString() == "error");
        Assert.That(refused.GetProperty("code").GetInt32(), Is.EqualTo(10_305));
    }

    [Test]
    public async Task MaintenanceIsAnnouncedAndSilent()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Clock = clock,
            Bitfinex = Generous with
            {
                MaintenanceAfter = TimeSpan.FromSeconds(5),
                MaintenanceFor = TimeSpan.FromSeconds(3),
            },
        });
        using var socket = await exchange.ConnectAsync("bitfinex", Path);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That((await NoticeAsync(socket)).GetProperty("code").GetInt32(), Is.EqualTo(20_060));
        using var late = await exchange.ConnectAsync("bitfinex", Path);
        var hello = await late.ReceiveAsync();
        Assert.That(hello.GetProperty("platform").GetProperty("status").GetInt32(), Is.Zero);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That((await NoticeAsync(socket)).GetProperty("code").GetInt32(), Is.EqualTo(20_061));
        Assert.That(exchange.Host.AnnounceDisconnect("bitfinex"), Is.True);
        Assert.That((await NoticeAsync(socket)).GetProperty("code").GetInt32(), Is.EqualTo(20_051));
    }

    [Test]
    public async Task RestListsPairsAndShowsBooks()
    {
        var pairs = await _exchange.GetAsync("/bitfinex/v2/conf/pub:list:pair:exchange");
        Assert.That(
            pairs[0].EnumerateArray().Select(pair => pair.GetString()),
            Is.EqualTo(new[] { "BTCUST", "ETHUSD", "PEPE:USD" }));
        var several = await _exchange.GetAsync(
            "/bitfinex/v2/conf/pub:list:currency,pub:map:currency:sym,pub:info:pair,pub:no:such");
        Assert.That(several.GetArrayLength(), Is.EqualTo(4));
        Assert.That(several[0].EnumerateArray().Select(code => code.GetString()), Does.Contain("PEPE"));
        Assert.That(several[1].GetRawText(), Is.EqualTo("""[["UST","USDt"]]"""));
        Assert.That(several[2][0][0].GetString(), Is.EqualTo("BTCUST"));
        Assert.That(several[3].GetArrayLength(), Is.Zero);
        var book = await _exchange.GetAsync("/bitfinex/v2/book/tBTCUST/P0?len=25");
        Assert.That(book.GetArrayLength(), Is.EqualTo(50));
        Assert.That(book[0][2].GetDecimal(), Is.Positive);
        Assert.That(book[49][2].GetDecimal(), Is.Negative);
        using var refused = await _exchange.RequestAsync("/bitfinex/v2/book/tNOPE/P0");
        Assert.That((int)refused.StatusCode, Is.EqualTo(500));
        Assert.That((await _exchange.GetAsync("/bitfinex/v2/platform/status"))[0].GetInt32(), Is.EqualTo(1));
    }

    private async Task<TestSocket> OpenAsync(int flags)
    {
        var socket = await _exchange.ConnectAsync("bitfinex", Path);
        await socket.ReceiveAsync();
        await socket.AskAsync(
            string.Create(CultureInfo.InvariantCulture, $$"""{"event":"conf","flags":{{flags}}}"""));
        return socket;
    }

    private static async Task<JsonElement> NoticeAsync(TestSocket socket) =>
        await socket.ReceiveAsync(frame => IsEvent(frame) && frame.TryGetProperty("code", out _));

    private static bool IsEvent(JsonElement frame) => frame.ValueKind == JsonValueKind.Object;

    private static string Subscribe(string symbol, string length) =>
        $$"""{"event":"subscribe","channel":"book","symbol":"{{symbol}}","prec":"P0","freq":"F0","len":"{{length}}"}""";
}

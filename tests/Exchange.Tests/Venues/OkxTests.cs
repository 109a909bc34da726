using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Okx;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class OkxTests
{
    private const string Path = "/ws/v5/public";

    private static readonly OkxSettings Generous = new() { ConnectionsPerSecond = 1_000 };

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync(TestExchange.Fast() with
    {
        Instruments = ["BTC/USDT", "ETH/USDT", "PEPE/USD"],
        Okx = Generous with { LiveChecksum = true, SequenceFallsAfter = 40 },
    });

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task ChainAndChecksumHoldAndTheVenueKeepsTheWindow()
    {
        using var socket = await _exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT", "PEPE-USD"));
        var books = new Dictionary<string, TestBook>();
        var ids = new Dictionary<string, long>();
        var (messages, fallen, jumped) = (0, 0, 0);
        while (messages < 300)
        {
            var message = await socket.ReceiveAsync(IsBook);
            var symbol = message.GetProperty("arg").GetProperty("instId").GetString()!;
            var data = message.GetProperty("data")[0];
            var (previous, id) = (data.GetProperty("prevSeqId").GetInt64(), data.GetProperty("seqId").GetInt64());
            if (message.GetProperty("action").ValueEquals("snapshot"))
            {
                books.Add(symbol, new TestBook());
                Assert.That(previous, Is.EqualTo(-1));
                Assert.That(data.GetProperty("bids").GetArrayLength(), Is.EqualTo(400));
            }
            else
            {
                Assert.That(previous, Is.EqualTo(ids[symbol]));
                fallen += id < previous ? 1 : 0;
                jumped += id > previous + 1 ? 1 : 0;
            }

            ids[symbol] = id;
            var book = books[symbol];
            book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
            Assert.That(book.IsCrossed, Is.False);
            Assert.That((book.Bids.Count, book.Asks.Count), Is.EqualTo((400, 400)), "no cut is needed");
            Assert.That(book.InterleavedChecksum(), Is.EqualTo(data.GetProperty("checksum").GetInt32()));
            messages++;
        }

        Assert.That(books, Has.Count.EqualTo(2));
        Assert.That(fallen, Is.EqualTo(2), "once each, as after maintenance");
        Assert.That(jumped, Is.GreaterThan(100));
    }

    [Test]
    public async Task RowsAreFourTextsAsShortAsTheyGo()
    {
        using var socket = await _exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        var (whole, deleted) = (0, 0);
        for (var message = 0; message < 40; message++)
        {
            var data = (await socket.ReceiveAsync(IsBook)).GetProperty("data")[0];
            var (bids, asks) = (data.GetProperty("bids"), data.GetProperty("asks"));
            foreach (var row in bids.EnumerateArray().Concat(asks.EnumerateArray()))
            {
                var texts = row.EnumerateArray().Select(text => text.GetString()!).ToArray();
                Assert.That(texts, Has.Length.EqualTo(4));
                Assert.That(texts[0], Does.Match(@"^(0|[1-9]\d*)(\.\d*[1-9])?$"));
                Assert.That(texts[1], Does.Match(@"^(0|[1-9]\d*)(\.\d*[1-9])?$"));
                Assert.That(texts[2], Is.EqualTo("0"));
                Assert.That(texts[3] == "0", Is.EqualTo(texts[1] == "0"), "a level that is gone has no orders");
                whole += texts[0].Contains('.', StringComparison.Ordinal) ? 0 : 1;
                deleted += texts[1] == "0" ? 1 : 0;
            }
        }

        Assert.That((whole, deleted), Is.GreaterThan((10, 10)));
    }

    [Test]
    public async Task ChecksumIsTheConstantOfToday()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast());
        using var socket = await exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        for (var message = 0; message < 20; message++)
        {
            var data = (await socket.ReceiveAsync(IsBook)).GetProperty("data")[0];
            Assert.That(data.GetProperty("checksum").GetInt32(), Is.Zero);
        }
    }

    [Test]
    public async Task QuietBookGivesASignOfLifeAndPingsKeepTheSocketUp()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 0.0001) with { Clock = clock, Okx = Generous });
        using var socket = await exchange.ConnectAsync("okx", Path);
        using var silent = await exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT"));
        var id = (await socket.ReceiveAsync(IsBook)).GetProperty("data")[0].GetProperty("seqId").GetInt64();
        for (var ping = 0; ping < 3; ping++)
        {
            clock.Advance(TimeSpan.FromSeconds(19));
            await socket.SendAsync("ping");
            Assert.That(await NextTextAsync(socket), Is.EqualTo("pong"));
        }

        clock.Advance(TimeSpan.FromSeconds(4));
        var update = await socket.ReceiveAsync(IsBook);
        var data = update.GetProperty("data")[0];
        Assert.That(update.GetProperty("action").GetString(), Is.EqualTo("update"));
        Assert.That(data.GetProperty("bids").GetArrayLength() + data.GetProperty("asks").GetArrayLength(), Is.Zero);
        Assert.That(data.GetProperty("prevSeqId").GetInt64(), Is.EqualTo(id));
        Assert.That(data.GetProperty("seqId").GetInt64(), Is.EqualTo(id));
        await silent.DrainAsync();
        Assert.That((int)silent.CloseStatus!, Is.EqualTo(4004));
        Assert.That(silent.CloseReason, Does.StartWith("No data received in 30s"));
    }

    [Test]
    public async Task EachArgumentIsAnsweredByItself()
    {
        using var socket = await _exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(
            """{"id":"7","op":"subscribe","args":[{"channel":"books","instId":"NO-PE"},{"channel":"books-l2-tbt","instId":"BTC-USDT"},{"channel":"tickers","instId":"BTC-USDT"},{"channel":"books","instId":"ETH-USDT"}]}""");
        var refusal = await socket.ReceiveAsync();
        Assert.That(refusal.GetProperty("code").GetString(), Is.EqualTo("60018"));
        Assert.That(
            refusal.GetProperty("msg").GetString(),
            Does.StartWith("Wrong URL or channel:books,instId:NO-PE doesn't exist."));
        Assert.That((await socket.ReceiveAsync()).GetProperty("code").GetString(), Is.EqualTo("60011"));
        var silent = await socket.ReceiveAsync();
        Assert.That(silent.GetProperty("arg").GetProperty("channel").GetString(), Is.EqualTo("tickers"));
        var acknowledgement = await socket.ReceiveAsync();
        Assert.That(acknowledgement.GetProperty("event").GetString(), Is.EqualTo("subscribe"));
        Assert.That(acknowledgement.GetProperty("id").GetString(), Is.EqualTo("7"));
        Assert.That(acknowledgement.GetProperty("arg").GetRawText(), Is.EqualTo("""{"channel":"books","instId":"ETH-USDT"}"""));
        Assert.That(acknowledgement.GetProperty("connId").GetString(), Has.Length.EqualTo(8));
        Assert.That((await socket.ReceiveAsync()).GetProperty("action").GetString(), Is.EqualTo("snapshot"));
    }

    [TestCase("{", "60012")]
    [TestCase("[]", "60012")]
    [TestCase("""{"op":"login","args":[]}""", "60012")]
    [TestCase("""{"op":"subscribe"}""", "60012")]
    [TestCase("""{"op":"subscribe","args":[5]}""", "60012")]
    [TestCase("""{"op":"subscribe","args":[{"channel":"weather","instId":"BTC-USDT"}]}""", "60018")]
    public async Task BadRequestIsRefused(string request, string code)
    {
        using var socket = await _exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(request);
        var answer = await socket.ReceiveAsync();
        Assert.That(answer.GetProperty("event").GetString(), Is.EqualTo("error"));
        Assert.That(answer.GetProperty("code").GetString(), Is.EqualTo(code));
    }

    [Test]
    public async Task ResubscribeBringsANewSnapshotThatTheUpdatesContinue()
    {
        using var socket = await _exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(Request("subscribe", "ETH-USDT"));
        await socket.ReceiveAsync(IsBook);
        await socket.SendAsync(Request("unsubscribe", "ETH-USDT"));
        await socket.ReceiveAsync(
            message => message.TryGetProperty("event", out var name) && name.ValueEquals("unsubscribe"));
        await socket.SendAsync(Request("subscribe", "ETH-USDT"));
        var snapshot = await socket.ReceiveAsync(IsBook);
        var update = await socket.ReceiveAsync(IsBook);
        Assert.That(snapshot.GetProperty("action").GetString(), Is.EqualTo("snapshot"));
        Assert.That(
            update.GetProperty("data")[0].GetProperty("prevSeqId").GetInt64(),
            Is.EqualTo(snapshot.GetProperty("data")[0].GetProperty("seqId").GetInt64()));
    }

    [TestCase("books5", 5)]
    [TestCase("bbo-tbt", 1)]
    public async Task WholeChannelsPushTheTop(string channel, int depth)
    {
        using var socket = await _exchange.ConnectAsync("okx", Path);
        await socket.SendAsync(Request("subscribe", "BTC-USDT").Replace("books", channel, StringComparison.Ordinal));
        for (var push = 0; push < 10; push++)
        {
            var message = await socket.ReceiveAsync(message => message.TryGetProperty("data", out _));
            Assert.That(message.TryGetProperty("action", out _), Is.False);
            Assert.That(message.GetProperty("data")[0].GetProperty("asks").GetArrayLength(), Is.EqualTo(depth));
        }
    }

    [Test]
    public async Task LimitsAreEnforced()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Okx = new OkxSettings { ConnectionsPerSecond = 2, RequestsPerHour = 3, BooksPerTwoSeconds = 2 },
            Clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50)),
        });
        using var first = await exchange.ConnectAsync("okx", Path);
        using var second = await exchange.ConnectAsync("okx", Path);
        await Assert.ThatAsync(
            () => exchange.ConnectAsync("okx", Path), Throws.TypeOf<WebSocketException>().With.Message.Contains("429"));
        for (var request = 0; request < 4; request++)
        {
            await first.SendAsync(Request("unsubscribe", "BTC-USDT"));
        }

        var refusal = await first.ReceiveAsync(message => message.GetProperty("event").ValueEquals("error"));
        Assert.That(refusal.GetProperty("code").GetString(), Is.EqualTo("60014"));
        for (var request = 0; request < 3; request++)
        {
            using var answer = await exchange.RequestAsync("/okx/api/v5/market/books?instId=BTC-USDT");
            Assert.That((int)answer.StatusCode, Is.EqualTo(request < 2 ? 200 : 429));
        }

        await second.SendAsync(new byte[65_537], WebSocketMessageType.Text);
        await second.DrainAsync();
        Assert.That(second.CloseStatus, Is.EqualTo(WebSocketCloseStatus.MessageTooBig));
    }

    [Test]
    public async Task UpgradeIsAnnouncedAndThenTheSocketClosed()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Clock = clock });
        using var socket = await exchange.ConnectAsync("okx", Path);
        await socket.SendAsync("ping");
        Assert.That(await NextTextAsync(socket), Is.EqualTo("pong"));
        Assert.That(exchange.Host.AnnounceDisconnect("okx"), Is.True);
        var notice = await socket.ReceiveAsync();
        Assert.That(notice.GetProperty("event").GetString(), Is.EqualTo("notice"));
        Assert.That(notice.GetProperty("code").GetString(), Is.EqualTo("64008"));
        for (var ping = 0; ping < 2; ping++)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await socket.SendAsync("ping");
            Assert.That(await NextTextAsync(socket), Is.EqualTo("pong"));
        }

        clock.Advance(TimeSpan.FromSeconds(20));
        await socket.DrainAsync();
        Assert.That(socket.CloseStatus, Is.EqualTo(WebSocketCloseStatus.EndpointUnavailable));
    }

    [Test]
    public async Task InstrumentsDeclareSteps()
    {
        var answer = await _exchange.GetAsync("/okx/api/v5/public/instruments?instType=SPOT");
        Assert.That(answer.GetProperty("code").GetString(), Is.EqualTo("0"));
        var pepe = answer.GetProperty("data").EnumerateArray()
            .Single(instrument => instrument.GetProperty("instId").ValueEquals("PEPE-USD"));
        Assert.That(pepe.GetProperty("tickSz").GetString(), Is.EqualTo("0.000000000001"));
        Assert.That(pepe.GetProperty("lotSz").GetString(), Is.EqualTo("1"));
        Assert.That(pepe.GetProperty("state").GetString(), Is.EqualTo("live"));
        var swaps = await _exchange.GetAsync("/okx/api/v5/public/instruments?instType=SWAP");
        Assert.That(swaps.GetProperty("data").GetArrayLength(), Is.Zero);
        var one = await _exchange.GetAsync("/okx/api/v5/public/instruments?instType=SPOT&instId=BTC-USDT");
        Assert.That(one.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("/okx/api/v5/public/instruments", 400, "50014")]
    [TestCase("/okx/api/v5/public/instruments?instType=BOND", 400, "51000")]
    [TestCase("/okx/api/v5/market/books", 400, "50014")]
    [TestCase("/okx/api/v5/market/books?instId=NO-PE", 200, "51001")]
    [TestCase("/okx/api/v5/market/books?instId=BTC-USDT&sz=401", 400, "51000")]
    [TestCase("/okx/api/v5/market/books?instId=BTC-USDT&sz=400", 200, "0")]
    [TestCase("/okx/api/v5/public/time", 200, "0")]
    public async Task RestAnswersWithItsCodes(string path, int status, string code)
    {
        using var response = await _exchange.RequestAsync(path);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(body.RootElement.GetProperty("code").GetString(), Is.EqualTo(code));
    }

    private static bool IsBook(JsonElement message) => message.TryGetProperty("action", out _);

    private static async Task<string> NextTextAsync(TestSocket socket) =>
        Encoding.UTF8.GetString((await socket.ReceiveBytesAsync())!);

    private static string Request(string operation, params string[] symbols)
    {
        var arguments = symbols.Select(symbol => $$"""{"channel":"books","instId":"{{symbol}}"}""");
        return $$"""{"op":"{{operation}}","args":[{{string.Join(',', arguments)}}]}""";
    }
}

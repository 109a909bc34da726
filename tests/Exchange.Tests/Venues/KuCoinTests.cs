using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.KuCoin;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class KuCoinTests
{
    private const string Level2 =
        """{"id":"7","type":"subscribe","topic":"/market/level2:BTC-USDT","privateChannel":false,"response":true}""";

    private const string Ticker =
        """{"id":8,"type":"subscribe","topic":"/market/ticker:BTC-USDT","privateChannel":false,"response":true}""";

    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task DocumentedProcedureRebuildsTheBookAndTheTickerAgrees()
    {
        using var socket = await ConnectAsync(_exchange);
        Assert.That((await socket.AskAsync(Level2)).GetRawText(), Is.EqualTo("""{"id":"7","type":"ack"}"""));
        await socket.SendAsync(Ticker);
        await socket.ReceiveAsync(message => Has(message, "id", "8"));
        var snapshot = (await _exchange.GetAsync("/kucoin/api/v1/market/orderbook/level2_100?symbol=BTC-USDT"))
            .GetProperty("data");
        Assert.That(snapshot.GetProperty("bids").GetArrayLength(), Is.EqualTo(100));
        var book = new TestBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var last = long.Parse(snapshot.GetProperty("sequence").GetString()!, CultureInfo.InvariantCulture);
        var (checks, hidden, started) = (0, 0, false);
        while (checks < 20)
        {
            var message = await socket.ReceiveAsync();
            var content = message.GetProperty("data");
            if (Has(message, "subject", "trade.ticker"))
            {
                if (content.GetProperty("sequence").GetString() == last.ToString(CultureInfo.InvariantCulture)
                    && started)
                {
                    checks++;
                    Assert.That(book.Bids[0], Is.EqualTo(Top(content, "bestBid")));
                    Assert.That(book.Asks[0], Is.EqualTo(Top(content, "bestAsk")));
                }

                continue;
            }

            var (first, end) = (
                content.GetProperty("sequenceStart").GetInt64(), content.GetProperty("sequenceEnd").GetInt64());
            if (end <= last)
            {
                continue;
            }

            Assert.That(first, started ? Is.EqualTo(last + 1) : Is.LessThanOrEqualTo(last + 1));
            started = true;
            last = end;
            hidden += Apply(book, content.GetProperty("changes"), first, end);
            Assert.That(book.IsCrossed, Is.False);
        }

        Assert.That(hidden, Is.GreaterThan(0), "rows that only move the sequence");
    }

    [Test]
    public async Task TokenIsGoodForOneConnection()
    {
        var address = await AdmissionAsync(_exchange);
        Assert.That(address.AbsoluteUri, Does.StartWith($"ws://127.0.0.1:{_exchange.Host.Port}/kucoin/?token="));
        using (var socket = await TestSocket.ConnectAsync(address))
        {
            Assert.That((await socket.ReceiveAsync()).GetRawText(), Is.EqualTo("""{"id":"mine","type":"welcome"}"""));
        }

        var madeUp = new Uri(_exchange.Host.WebSocketAddress("kucoin") + "/?token=made-up");
        foreach (var refused in new[] { address, madeUp })
        {
            using var socket = await TestSocket.ConnectAsync(refused);
            var error = await socket.ReceiveAsync();
            Assert.That(error.GetProperty("code").GetInt32(), Is.EqualTo(401));
            Assert.That(await socket.ReceiveBytesAsync(), Is.Null);
        }
    }

    [Test]
    public async Task TokenGrowsOld()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Clock = clock });
        var address = await AdmissionAsync(exchange);
        clock.Advance(TimeSpan.FromHours(24));
        using var socket = await TestSocket.ConnectAsync(address);

        Assert.That((await socket.ReceiveAsync()).GetProperty("code").GetInt32(), Is.EqualTo(401));
    }

    [TestCase("""{"id":"1","type":"subscribe","topic":"/market/weather:BTC-USDT"}""", "1", 404)]
    [TestCase("""{"id":"1","type":"subscribe","topic":"/market/level2:"}""", "1", 404)]
    [TestCase("""{"id":"1","type":"subscribe"}""", "1", 404)]
    [TestCase("""{"id":2,"type":"dance"}""", "2", 400)]
    [TestCase("""[]""", "", 400)]
    [TestCase("""{""", "", 400)]
    public async Task BadRequestGetsAnErrorWithItsId(string request, string id, int code)
    {
        using var socket = await ConnectAsync(_exchange);
        var answer = await socket.AskAsync(request);

        Assert.That(answer.GetProperty("type").GetString(), Is.EqualTo("error"));
        Assert.That(answer.GetProperty("id").GetString(), Is.EqualTo(id));
        Assert.That(answer.GetProperty("code").GetInt32(), Is.EqualTo(code));
    }

    [Test]
    public async Task UnknownSymbolIsAcknowledgedAndSilentAndPingGetsPong()
    {
        using var socket = await ConnectAsync(_exchange);
        var answer = await socket.AskAsync(Level2.Replace("BTC-USDT", "NO-PE", StringComparison.Ordinal));
        Assert.That(answer.GetProperty("type").GetString(), Is.EqualTo("ack"));
        var pong = await socket.AskAsync("""{"id":"99","type":"ping"}""");
        Assert.That(pong.GetRawText(), Is.EqualTo("""{"id":"99","type":"pong"}"""));
    }

    [Test]
    public async Task UnsubscribeEndsTheData()
    {
        using var socket = await ConnectAsync(_exchange);
        await socket.AskAsync(Level2);
        await socket.SendAsync(Level2.Replace("\"subscribe\"", "\"unsubscribe\"", StringComparison.Ordinal)
            .Replace("\"7\"", "\"9\"", StringComparison.Ordinal));
        await socket.ReceiveAsync(message => Has(message, "id", "9"));
        var next = await socket.AskAsync("""{"id":"99","type":"ping"}""");

        Assert.That(next.GetProperty("type").GetString(), Is.EqualTo("pong"));
    }

    [Test]
    public async Task LimitsOfTopicsAndMessagesAreRefusedWith509()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            KuCoin = new KuCoinLimits { SymbolsPerTopic = 3, TopicsPerSession = 5, MessagesPerTenSeconds = 4 },
        });
        using var socket = await ConnectAsync(exchange);
        Assert.That(await CodeOfAsync(socket, "A-B,C-D,E-F,G-H"), Is.EqualTo(509));
        Assert.That(await CodeOfAsync(socket, "A-B,C-D,E-F"), Is.Zero);
        Assert.That(await CodeOfAsync(socket, "A-B,G-H,I-J"), Is.Zero, "one of them is there already");
        Assert.That(await CodeOfAsync(socket, "K-L"), Is.EqualTo(509), "the sixth");
        Assert.That(await CodeOfAsync(socket, "A-B"), Is.EqualTo(509), "the fifth message");
    }

    [Test]
    public async Task SilentClientIsClosedAndOneThatPingsIsNot()
    {
        var clock = new ManualTime(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with { Clock = clock });
        using var silent = await ConnectAsync(exchange);
        using var alive = await ConnectAsync(exchange);
        clock.Advance(TimeSpan.FromSeconds(50));
        await alive.AskAsync("""{"id":"1","type":"ping"}""");
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That(await silent.ReceiveBytesAsync(), Is.Null);
        Assert.That((await alive.AskAsync("""{"id":"2","type":"ping"}""")).GetProperty("id").GetString(), Is.EqualTo("2"));
    }

    [Test]
    public async Task RestWeighsRequestsAndSaysSo()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            KuCoin = new KuCoinLimits { RequestWeightPerHalfMinute = 7 },
        });
        const string Book = "/kucoin/api/v1/market/orderbook/level2_20?symbol=BTC-USDT";
        for (var left = 5; left >= 1; left -= 2)
        {
            using var answer = await exchange.RequestAsync(Book);
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(answer.Headers.GetValues("gw-ratelimit-remaining").Single(), Is.EqualTo($"{left}"));
        }

        using var refused = await exchange.RequestAsync(Book);
        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("\"429000\""));
    }

    [TestCase("/kucoin/api/v1/market/orderbook/level2_100?symbol=NO-PE", "900001")]
    [TestCase("/kucoin/api/v1/market/orderbook/level2_100", "400100")]
    [TestCase("/kucoin/api/v3/market/orderbook/level2?symbol=BTC-USDT", "400001")]
    public async Task BadRestRequestIsRefusedWithItsCode(string path, string code)
    {
        using var answer = await _exchange.RequestAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"code\":\"{code}\""));
    }

    [Test]
    public async Task SymbolsDeclareLessThanSizesHave()
    {
        foreach (var path in new[] { "/kucoin/api/v2/symbols", "/kucoin/api/v1/symbols" })
        {
            var symbols = (await _exchange.GetAsync(path)).GetProperty("data").EnumerateArray();
            var symbol = symbols.Single(symbol => Has(symbol, "symbol", "BTC-USDT"));
            Assert.That(symbol.GetProperty("priceIncrement").GetString(), Is.EqualTo("0.1"));
            Assert.That(symbol.GetProperty("baseIncrement").GetString(), Is.EqualTo("0.000001"));
        }

        var book = await _exchange.GetAsync("/kucoin/api/v1/market/orderbook/level2_100?symbol=BTC-USDT");
        var sizes = book.GetProperty("data").GetProperty("asks").EnumerateArray().Select(row => row[1].GetString()!);
        Assert.That(sizes.Max(size => size.Length - size.IndexOf('.', StringComparison.Ordinal) - 1), Is.EqualTo(8));
    }

    private static bool Has(JsonElement message, string name, string value) =>
        message.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String
            && found.ValueEquals(value);

    private static (string Price, string Size) Top(JsonElement ticker, string name) =>
        (ticker.GetProperty(name).GetString()!, ticker.GetProperty(name + "Size").GetString()!);

    /// <summary>Applies the rows in order of their sequences; returns how many have no price.</summary>
    private static int Apply(TestBook book, JsonElement changes, long first, long end)
    {
        var hidden = 0;
        var sequences = new List<long>();
        foreach (var side in new[] { "bids", "asks" })
        {
            foreach (var row in changes.GetProperty(side).EnumerateArray())
            {
                sequences.Add(long.Parse(row[2].GetString()!, CultureInfo.InvariantCulture));
                if (row[0].ValueEquals("0"))
                {
                    hidden++;
                    continue;
                }

                using var rows = JsonDocument.Parse($"[{row.GetRawText()}]");
                using var none = JsonDocument.Parse("[]");
                book.Apply(
                    side == "bids" ? rows.RootElement : none.RootElement,
                    side == "asks" ? rows.RootElement : none.RootElement);
            }
        }

        Assert.That(
            sequences.Order(), Is.EqualTo(Enumerable.Range(0, (int)(end - first + 1)).Select(step => first + step)));
        return hidden;
    }

    private static async Task<int> CodeOfAsync(TestSocket socket, string symbols)
    {
        var answer = await socket.AskAsync(Level2.Replace("BTC-USDT", symbols, StringComparison.Ordinal));
        return answer.TryGetProperty("code", out var code) ? code.GetInt32() : 0;
    }

    private static async Task<Uri> AdmissionAsync(TestExchange exchange)
    {
        using var response = await exchange.Http.PostAsync(
            new Uri("/kucoin/api/v1/bullet-public", UriKind.Relative), new ByteArrayContent([]));
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var granted = document.RootElement.GetProperty("data");
        var server = granted.GetProperty("instanceServers")[0];
        Assert.That(server.GetProperty("pingInterval").GetInt32(), Is.EqualTo(18_000));
        var token = Uri.EscapeDataString(granted.GetProperty("token").GetString()!);
        return new Uri($"{server.GetProperty("endpoint").GetString()}?token={token}&connectId=mine");
    }

    private static async Task<TestSocket> ConnectAsync(TestExchange exchange)
    {
        var socket = await TestSocket.ConnectAsync(await AdmissionAsync(exchange));
        await socket.ReceiveAsync(message => Has(message, "type", "welcome"));
        return socket;
    }
}

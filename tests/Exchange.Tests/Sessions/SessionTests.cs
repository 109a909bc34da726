using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Binance;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Sessions;

[Category(Categories.Loopback)]
internal sealed class SessionTests
{
    [Test]
    public async Task StopClosesEverySocketWith1001()
    {
        var exchange = await TestExchange.StartAsync();
        using var kraken = await exchange.ConnectAsync("kraken", "/v2");
        using var binance = await exchange.ConnectAsync("binance", "/ws/btcusdt@depth@100ms");
        var watch = Stopwatch.StartNew();
        var drained = Task.WhenAll(kraken.DrainAsync(), binance.DrainAsync());
        await exchange.DisposeAsync();
        await drained;
        Assert.That((int?)kraken.CloseStatus, Is.EqualTo(1001));
        Assert.That((int?)binance.CloseStatus, Is.EqualTo(1001));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task SlowReaderIsCutAndOthersGoOn()
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast(rate: 100) with { SessionQueueFrames = 2048 });
        using var good = await exchange.ConnectAsync("binance", "/ws/btcusdt@depth@100ms");
        using var slow = await OpenRawAsync(
            exchange.Host,
            "/binance/ws/btcusdt@depth20@100ms/ethusdt@depth20@100ms/ethusdt@bookTicker/btcusdt@bookTicker");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var last = 0L;
        while (exchange.Host.SlowSessionsCut == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            var diff = await good.ReceiveAsync();
            var first = diff.GetProperty("U").GetInt64();
            Assert.That(last == 0 || first == last + 1, Is.True, "the good client's chain");
            last = diff.GetProperty("u").GetInt64();
        }

        Assert.That(exchange.Host.SlowSessionsCut, Is.EqualTo(1));
        await good.ReceiveAsync();
    }

    [Test]
    public async Task UnansweredPingCutsTheSocket()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Binance = new BinanceLimits
            {
                PingInterval = TimeSpan.FromMilliseconds(100),
                PingTimeout = TimeSpan.FromMilliseconds(300),
            },
        });
        using var answering = await exchange.ConnectAsync("binance", "/ws");
        var reading = answering.DrainAsync();
        using var mute = await OpenRawAsync(exchange.Host, "/binance/ws");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[1024];
        var pings = 0;
        try
        {
            int count;
            while ((count = await mute.GetStream().ReadAsync(buffer, patience.Token)) > 0)
            {
                pings += buffer.AsSpan(0, count).Count((byte)0x89);
            }
        }
        catch (IOException)
        {
            // Cut without a goodbye: a reset counts as cut.
        }

        Assert.That(pings, Is.GreaterThan(0));
        Assert.That(reading.IsCompleted, Is.False, "the client that answers pings stays");
        await answering.EndAsync();
        await reading;
    }

    [TestCase(WebSocketMessageType.Binary, "{}", 1003)]
    [TestCase(WebSocketMessageType.Text, "\u00ff", 1007)]
    public async Task WrongKindOfMessageClosesWithItsCode(WebSocketMessageType type, string latin, int code)
    {
        await using var exchange = await TestExchange.StartAsync();
        using var socket = await exchange.ConnectAsync("bitstamp", "/");
        await socket.SendAsync(Encoding.Latin1.GetBytes(latin), type);
        await socket.DrainAsync();
        Assert.That((int?)socket.CloseStatus, Is.EqualTo(code));
    }

    [Test]
    public async Task BrokenFrameIsAnsweredAndTheConnectionEndsWithTheClient()
    {
        await using var exchange = await TestExchange.StartAsync();
        using var raw = await OpenRawAsync(exchange.Host, "/bitstamp/");
        await raw.GetStream().WriteAsync(new byte[] { 0xF1, 0x80, 1, 2, 3, 4 });   // reserved bits
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var answer = new byte[4];
        await raw.GetStream().ReadExactlyAsync(answer, patience.Token);
        Assert.That((answer[0], (answer[2] << 8) | answer[3]), Is.EqualTo((0x88, 1002)));
        Assert.That(exchange.Host.OpenSessions, Is.EqualTo(1), "it waits for the client to go first");
        raw.Client.Shutdown(SocketShutdown.Send);
        Assert.That(() => exchange.Host.OpenSessions, Is.Zero.After(5000, 20));
    }

    [Test]
    public async Task NonsenseNeverBreaksAnotherSession()
    {
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Binance = new BinanceLimits { MessagesPerSecond = 100_000 },
        });
        var random = Seeded.Random();
        string[] seeds =
        [
            """{"method":"SUBSCRIBE","params":["btcusdt@depth"],"id":1}""",
            """{"event":"bts:subscribe","data":{"channel":"order_book_btcusdt"}}""",
            """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USDT"],"depth":10},"req_id":1}""",
            """{"method":"\ud800","event":"\udfff","params":{"channel":"\ud800","symbol":["\ud800"]},"id":"\ud800"}""",
            """{"time":1,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50","\ud800"],"id":1}""",
            """{"event":"subscribe","channel":"book","symbol":"tBTCUST","prec":"P0","len":25,"chanId":1e400}""",
            """{"id":1e30,"method":"subscribe","params":{"channels":["book.BTC_USDT.50","\ud800"],"book_update_frequency":1e9}}""",
            """{"method":"SET_PROPERTY","params":["combined",null],"id":-1,"req_id":1e999,"depth":1e30}""",
        ];
        (string Venue, string Path)[] sockets =
            [("binance", "/ws"), ("bitstamp", "/"), ("kraken", "/v2"), ("gateio", "/ws/v4"),
                ("bitfinex", "/ws/2"), ("cryptocom", "/exchange/v1/market")];
        foreach (var (venue, path) in sockets)
        {
            using var socket = await exchange.ConnectAsync(venue, path);
            for (var run = 0; run < 300; run++)
            {
                var text = Encoding.ASCII.GetBytes(seeds[run % seeds.Length]);
                for (var hit = random.Next(0, 4); hit > 0; hit--)
                {
                    text[random.Next(text.Length)] = (byte)random.Next(0x20, 0x7f);
                }

                await socket.SendAsync(text, WebSocketMessageType.Text);
            }

            var last = venue switch
            {
                "binance" => """{"method":"LIST_SUBSCRIPTIONS","id":777001}""",
                "bitstamp" => """{"event":"bts:heartbeat"}""",
                "bitfinex" => """{"event":"ping","cid":777001}""",
                "cryptocom" => """{"id":777001,"method":"unsubscribe","params":{"channels":[]}}""",
                "gateio" => """{"time":1,"channel":"spot.obu","event":"subscribe","payload":["ob.NO_PE.50"],"id":777001}""",
                _ => """{"method":"ping","req_id":777001}""",
            };
            await socket.SendAsync(last);
            await socket.ReceiveAsync(message =>
                message.GetRawText().Contains("777001", StringComparison.Ordinal)
                || message.GetRawText().Contains("\"success\"}", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task PlainRequestToASocketPathIsToldToUpgrade()
    {
        await using var exchange = await TestExchange.StartAsync();
        using var response = await exchange.RequestAsync("/kraken/v2");
        Assert.That((int)response.StatusCode, Is.EqualTo(426));
    }

    [Test]
    public async Task SessionsEndWithTheirClients()
    {
        await using var exchange = await TestExchange.StartAsync();
        using (var socket = await exchange.ConnectAsync("bitstamp", "/"))
        {
            await socket.AskAsync("""{"event":"bts:heartbeat"}""");
            Assert.That(exchange.Host.OpenSessions, Is.EqualTo(1));
            await socket.CloseAsync();
        }

        Assert.That(() => exchange.Host.OpenSessions, Is.Zero.After(5000, 20));
    }

    /// <summary>A websocket client that never reads a frame, let alone answers one.</summary>
    private static async Task<TcpClient> OpenRawAsync(ExchangeHost host, string path)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(IPAddress.Loopback, host.Port);
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var one = new byte[1];
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client.GetStream().ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        Assert.That(head.ToString(), Does.StartWith("HTTP/1.1 101"));
        return client;
    }
}

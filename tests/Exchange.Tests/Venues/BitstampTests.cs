using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class BitstampTests
{
    private TestExchange _exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => _exchange = await TestExchange.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _exchange.DisposeAsync();

    [Test]
    public async Task DocumentedProcedureRebuildsTheBook()
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        var acknowledgement = await Subscribe(socket, "diff_order_book_btcusdt");
        Assert.That(
            acknowledgement.GetRawText(),
            Is.EqualTo("""{"event":"bts:subscription_succeeded","channel":"diff_order_book_btcusdt","data":{}}"""));
        await socket.ReceiveAsync();
        var snapshot = await _exchange.GetAsync("/bitstamp/api/v2/order_book/btcusdt/?group=1");
        var time = Time(snapshot);
        var book = new TestBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var (previous, applied, zeros) = (0L, 0, 0);
        while (applied < 120)
        {
            var diff = await socket.ReceiveAsync();
            var data = diff.GetProperty("data");
            Assert.That(Time(data), Is.GreaterThan(previous), "microtimestamp rises");
            previous = Time(data);
            if (previous <= time)
            {
                continue;
            }

            zeros += data.GetProperty("bids").EnumerateArray().Count(row => row[1].ValueEquals("0.00000000"));
            book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
            Assert.That(book.IsCrossed, Is.False);
            applied++;
        }

        Assert.That(zeros, Is.GreaterThan(0), "deletes are spelled at the market's scale");
        var later = await _exchange.GetAsync("/bitstamp/api/v2/order_book/btcusdt/?group=1");
        while (previous <= Time(later))
        {
            var data = (await socket.ReceiveAsync()).GetProperty("data");
            previous = Time(data);
            book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
            if (previous > Time(later))
            {
                Assert.That(book.IsCrossed, Is.False);
            }
        }
    }

    [Test]
    public async Task WholeBookChannelHoldsTheDiffedBook()
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        await Subscribe(socket, "order_book_ethusdt");
        var push = await socket.ReceiveAsync();
        Assert.That(push.GetProperty("channel").GetString(), Is.EqualTo("order_book_ethusdt"));
        Assert.That(push.GetProperty("data").GetProperty("bids").GetArrayLength(), Is.EqualTo(100));
        Assert.That(push.GetProperty("data").GetProperty("asks").GetArrayLength(), Is.EqualTo(100));
    }

    [Test]
    public async Task DiffsLeadToTheSameBookAsTheWholePushes()
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        await Subscribe(socket, "diff_order_book_ethusdt");
        await socket.ReceiveAsync();
        var snapshot = await _exchange.GetAsync("/bitstamp/api/v2/order_book/ethusdt/");
        var book = new TestBook();
        book.Apply(snapshot.GetProperty("bids"), snapshot.GetProperty("asks"));
        var time = Time(snapshot);
        await socket.SendAsync("""{"event":"bts:subscribe","data":{"channel":"order_book_ethusdt"}}""");
        var equal = 0;
        var differing = 0;
        for (var diffPublishedLast = false; equal < 3 && differing < 500;)
        {
            var message = await socket.ReceiveAsync();
            var data = message.GetProperty("data");
            var channel = message.GetProperty("channel").GetString();
            if (channel == "diff_order_book_ethusdt" && Time(data) > time)
            {
                book.Apply(data.GetProperty("bids"), data.GetProperty("asks"));
                diffPublishedLast = true;
            }
            else if (diffPublishedLast && data.TryGetProperty("bids", out var bids))
            {
                // A diff and a whole push of one step show the same book.
                var same = bids.EnumerateArray().Select(row => (row[0].GetString()!, row[1].GetString()!))
                    .SequenceEqual(book.Bids.Take(100));
                equal += same ? 1 : 0;
                differing += same ? 0 : 1;
                diffPublishedLast = false;
            }
        }

        Assert.That(equal, Is.GreaterThanOrEqualTo(3), $"{differing} pushes lay between two diffs");
    }

    [Test]
    public async Task UnknownMarketIsAcknowledgedAndSilent()
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        var answer = await Subscribe(socket, "diff_order_book_nopenope");
        Assert.That(answer.GetProperty("event").GetString(), Is.EqualTo("bts:subscription_succeeded"));
        var heartbeat = await socket.AskAsync("""{"event":"bts:heartbeat"}""");
        Assert.That(
            heartbeat.GetRawText(),
            Is.EqualTo("""{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}"""));
    }

    [TestCase("{", "Incorrect JSON format.")]
    [TestCase("""{"event":"bts:subscribe","data":{}}""", "Bad subscription string.")]
    [TestCase("""{"event":"bts:subscribe","data":{"channel":"diff_order_book_BTCUSDT"}}""", "Bad subscription string.")]
    [TestCase("""{"event":"bts:subscribe","data":{"channel":"weather_btcusdt"}}""", "Invalid channel provided.")]
    public async Task BadRequestGetsTheLiveErrorText(string request, string text)
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        var answer = await socket.AskAsync(request);
        Assert.That(answer.GetProperty("event").GetString(), Is.EqualTo("bts:error"));
        Assert.That(answer.GetProperty("data").GetProperty("message").GetString(), Is.EqualTo(text));
    }

    [TestCase(512, false)]
    [TestCase(513, true)]
    public async Task FrameOver512BytesCloses1009(int bytes, bool closes)
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        await socket.SendAsync("""{"event":"bts:heartbeat"}""".PadRight(bytes));
        var answer = await socket.ReceiveBytesAsync();
        Assert.That(answer is null, Is.EqualTo(closes));
        Assert.That((int?)socket.CloseStatus, Is.EqualTo(closes ? 1009 : null));
    }

    [Test]
    public async Task UnsubscribeEndsTheData()
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        await Subscribe(socket, "diff_order_book_btcusdt");
        await socket.SendAsync("""{"event":"bts:unsubscribe","data":{"channel":"diff_order_book_btcusdt"}}""");
        await socket.ReceiveAsync(message => message.GetProperty("event").ValueEquals("bts:unsubscription_succeeded"));
        var next = await socket.AskAsync("""{"event":"bts:heartbeat"}""");
        Assert.That(next.GetProperty("event").GetString(), Is.EqualTo("bts:heartbeat"));
    }

    [Test]
    public async Task ReconnectRequestReachesEverySocket()
    {
        using var socket = await _exchange.ConnectAsync("bitstamp", "/");
        await socket.AskAsync("""{"event":"bts:heartbeat"}""");
        Assert.That(_exchange.Host.AnnounceDisconnect("bitstamp"), Is.True);
        var notice = await socket.ReceiveAsync();
        Assert.That(notice.GetProperty("event").GetString(), Is.EqualTo("bts:request_reconnect"));
    }

    [Test]
    public async Task PairListsDeclareDecimals()
    {
        var older = await _exchange.GetAsync("/bitstamp/api/v2/trading-pairs-info/");
        var pair = older.EnumerateArray().Single(pair => pair.GetProperty("url_symbol").ValueEquals("ethusdt"));
        Assert.That(pair.GetProperty("counter_decimals").GetInt32(), Is.EqualTo(1));
        Assert.That(pair.GetProperty("base_decimals").GetInt32(), Is.EqualTo(8));
        var newer = await _exchange.GetAsync("/bitstamp/api/v2/markets/");
        Assert.That(newer.GetArrayLength(), Is.EqualTo(older.GetArrayLength()));
    }

    [Test]
    public async Task UnknownPairIsNotFound()
    {
        using var response = await _exchange.RequestAsync("/bitstamp/api/v2/order_book/nopenope/?group=1");
        Assert.That((int)response.StatusCode, Is.EqualTo(404));
    }

    private static Task<JsonElement> Subscribe(TestSocket socket, string channel) =>
        socket.AskAsync($$$"""{"event":"bts:subscribe","data":{"channel":"{{{channel}}}"}}""");

    private static long Time(JsonElement data) =>
        long.Parse(data.GetProperty("microtimestamp").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}

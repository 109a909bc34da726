using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Market;

/// <summary>The three feeds together, as a client sees them.</summary>
[Category(Categories.Loopback)]
internal sealed class MergedFeedTests
{
    [Test]
    public async Task PublishedBooksMergeIntoAMarket()
    {
        await using var exchange = await TestExchange.StartAsync(
            TestExchange.Fast() with { Instruments = ["BTC/USDT"] });
        var tops = new Dictionary<string, TestBook>();
        var (samples, withAll, crossed, crossedInside) = (0, 0, 0, 0);
        var gate = new Lock();
        void Sample(string venue, TestBook book)
        {
            lock (gate)
            {
                tops[venue] = book;
                if (tops.Count < 3)
                {
                    return;
                }

                samples++;
                crossedInside += book.IsCrossed ? 1 : 0;
                crossed += tops.Values.Max(top => top.BestBid) > tops.Values.Min(top => top.BestAsk) ? 1 : 0;
                var bids = tops.SelectMany(top => top.Value.Bids.Take(10).Select(row => (row.Price, top.Key)));
                withAll += bids.OrderByDescending(row => decimal.Parse(row.Price, CultureInfo.InvariantCulture))
                    .Take(10).Select(row => row.Key).Distinct().Count() == 3 ? 1 : 0;
            }
        }

        using var binance = await exchange.ConnectAsync("binance", "/ws/btcusdt@depth20@100ms");
        using var bitstamp = await exchange.ConnectAsync("bitstamp", "/");
        using var kraken = await exchange.ConnectAsync("kraken", "/v2");
        await bitstamp.SendAsync("""{"event":"bts:subscribe","data":{"channel":"order_book_btcusdt"}}""");
        await kraken.SendAsync(
            """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USDT"],"depth":10}}""");
        var krakenBook = new TestBook();
        await Task.WhenAll(
            ReadAsync(binance, 300, message => Sample("binance", Whole(message))),
            ReadAsync(bitstamp, 200, message =>
            {
                if (message.GetProperty("event").ValueEquals("data"))
                {
                    Sample("bitstamp", Whole(message.GetProperty("data")));
                }
            }),
            ReadAsync(kraken, 1000, message =>
            {
                if (message.GetProperty("channel").ValueEquals("book"))
                {
                    var update = message.GetProperty("data")[0];
                    lock (gate)     // the samples of the others read this book
                    {
                        krakenBook.Apply(update.GetProperty("bids"), update.GetProperty("asks"));
                        krakenBook.Cut(10);
                        Sample("kraken", krakenBook);
                    }
                }
            }));

        TestContext.Out.WriteLine($"{samples} samples, {withAll} with all venues, {crossed} crossed between venues");
        Assert.That(samples, Is.GreaterThan(500));
        Assert.That(crossedInside, Is.Zero);
        Assert.That(withAll, Is.GreaterThan(samples * 0.85));
        Assert.That(crossed, Is.LessThan(samples * 0.1));
    }

    private static TestBook Whole(JsonElement message)
    {
        var book = new TestBook();
        book.Apply(message.GetProperty("bids"), message.GetProperty("asks"));
        return book;
    }

    private static async Task ReadAsync(TestSocket socket, int count, Action<JsonElement> read)
    {
        for (var i = 0; i < count; i++)
        {
            var message = await socket.ReceiveAsync();
            if (!message.TryGetProperty("method", out _))
            {
                read(message);
            }
        }
    }
}

using System;
using System.Globalization;
using System.Net.Http;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Venues.Binance;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

[Category(Categories.Loopback)]
internal sealed class BinanceWeightTests
{
    [Test]
    public async Task UsedUpWeightIsRefusedThenBanned()
    {
        var clock = new ManualTime(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        await using var exchange = await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Clock = clock,
            Binance = new BinanceLimits { RequestWeightPerMinute = 60, RefusalsBeforeBan = 2 },
        });

        using (var first = await exchange.RequestAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=1000"))
        {
            Assert.That((int)first.StatusCode, Is.EqualTo(200));
            Assert.That(Header(first, "X-MBX-USED-WEIGHT-1M"), Is.EqualTo("50"), "limit 1000 costs 50");
        }

        using (var small = await exchange.RequestAsync("/binance/api/v3/depth?symbol=BTCUSDT"))
        {
            Assert.That(Header(small, "X-MBX-USED-WEIGHT-1M"), Is.EqualTo("55"), "limit 100 costs 5");
        }

        for (var refusal = 0; refusal < 2; refusal++)
        {
            using var refused = await exchange.RequestAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=500");
            Assert.That((int)refused.StatusCode, Is.EqualTo(429));
            Assert.That(Seconds(refused), Is.InRange(1, 60));
        }

        using (var banned = await exchange.RequestAsync("/binance/api/v3/depth?symbol=BTCUSDT&limit=500"))
        {
            Assert.That((int)banned.StatusCode, Is.EqualTo(418));
            Assert.That(Seconds(banned), Is.EqualTo(120));
        }

        clock.Advance(TimeSpan.FromSeconds(60));
        using (var still = await exchange.RequestAsync("/binance/api/v3/time"))
        {
            Assert.That((int)still.StatusCode, Is.EqualTo(418), "a new minute does not lift a ban");
        }

        clock.Advance(TimeSpan.FromSeconds(60));
        using var free = await exchange.RequestAsync("/binance/api/v3/depth?symbol=BTCUSDT");
        Assert.That((int)free.StatusCode, Is.EqualTo(200));
    }

    private static string Header(HttpResponseMessage response, string name) =>
        string.Join(',', response.Headers.GetValues(name));

    private static int Seconds(HttpResponseMessage response) =>
        int.Parse(Header(response, "Retry-After"), CultureInfo.InvariantCulture);
}

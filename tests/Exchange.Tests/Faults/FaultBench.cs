using System;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.Venues.Okx;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Faults;

/// <summary>An exchange whose faults a test switches, and sockets that listen to its books.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    private FaultBench(TestExchange exchange) => Exchange = exchange;

    public TestExchange Exchange { get; }

    public static async Task<FaultBench> StartAsync(params string[] venues) =>
        new(await TestExchange.StartAsync(TestExchange.Fast() with
        {
            Venues = venues,
            Okx = new OkxSettings { ConnectionsPerSecond = 1_000 },
        }));

    /// <summary>
    /// Takes back what waits or lasts, and waits for the sessions of the test before to be gone: a fault that happens
    /// once could happen to one of them.
    /// </summary>
    public async Task CalmAsync()
    {
        foreach (var venue in Exchange.Host.Venues)
        {
            Exchange.Host.Faults.Clear(venue);
            await Eventually.HoldsAsync(
                () => Exchange.Host.SessionsOf(venue) == 0,
                TimeSpan.FromSeconds(30),
                () => $"{Exchange.Host.SessionsOf(venue)} sessions of {venue} are left");
        }
    }

    public void Arm(string venue, Fault fault) => Exchange.Host.Faults.Arm(venue, fault);

    public void Arm(string venue, string name) => Arm(venue, new Fault { Name = name });

    /// <summary>A socket with Binance's diffs of a symbol.</summary>
    public Task<TestSocket> DiffsAsync(string symbol = "btcusdt") =>
        Exchange.ConnectAsync("binance", $"/ws/{symbol}@depth@100ms");

    /// <summary>A socket with a venue's book of BTC/USDT, subscribed and not yet read.</summary>
    public async Task<TestSocket> BookAsync(string venue)
    {
        var (path, request) = venue switch
        {
            "kraken" => (
                "/v2",
                """{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USDT"],"depth":10},"req_id":4}"""),
            "okx" => (
                "/ws/v5/public",
                """{"id":"7","op":"subscribe","args":[{"channel":"books","instId":"BTC-USDT"}]}"""),
            "bybit" => ("/v5/public/spot", """{"op":"subscribe","args":["orderbook.50.BTCUSDT"]}"""),
            "gateio" => (
                "/ws/v4",
                """{"time":1,"id":5,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"]}"""),
            "coinbase" => (
                "/", """{"type":"subscribe","product_ids":["BTC-USDT"],"channels":["level2_batch"]}"""),
            "cryptocom" => (
                "/exchange/v1/market",
                """{"id":1,"method":"subscribe","params":{"channels":["book.BTC_USDT.50"],"book_subscription_type":"SNAPSHOT_AND_UPDATE","book_update_frequency":10}}"""),
            _ => throw new ArgumentException(venue),
        };
        var socket = await Exchange.ConnectAsync(venue, path);
        await socket.SendAsync(request);
        return socket;
    }

    /// <summary>Whether bytes are JSON and nothing else.</summary>
    public static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The next frame that a condition holds for, as text.</summary>
    public static async Task<string> NextAsync(TestSocket socket, Func<string, bool> wanted)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60))
            {
                Assert.Fail("what was waited for did not come within 60 s");
            }

            var bytes = await socket.ReceiveBytesAsync()
                ?? throw new InvalidOperationException($"closed with {socket.CloseStatus} {socket.CloseReason}");
            var text = Encoding.UTF8.GetString(bytes);
            if (wanted(text))
            {
                return text;
            }
        }
    }

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();
}

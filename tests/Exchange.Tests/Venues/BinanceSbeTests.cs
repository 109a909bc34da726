using System;
using System.Diagnostics;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Venues;

/// <summary>Binance's binary streams, read by a decoder that knows the venue's schema and none of our code.</summary>
[Category(Categories.Loopback)]
internal sealed class BinanceSbeTests
{
    private const string Python = "/usr/bin/python3";
    private const string ApiKey = "X-MBX-APIKEY";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Test]
    [Category(Categories.Foreign)]
    public async Task PythonDecodesTheBookThatJsonTells()
    {
        ForeignTool.Require(
            "python3-websockets (apt-get install -y python3-websockets)", Python, "-c", "import websockets");
        await using var exchange = await TestExchange.StartAsync();
        using var process = Process.Start(new ProcessStartInfo(Python,
        [
            Path.Combine(Repository.Root, "tests", "foreign", "python", "sbe_books.py"),
            exchange.Host.WebSocketAddress("binance").AbsoluteUri,
            exchange.Host.RestAddress("binance").AbsoluteUri,
            "BTCUSDT",
            "30",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Limit);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.That(process.ExitCode, Is.Zero, await error);
        using var found = JsonDocument.Parse(output);
        Assert.That(found.RootElement.GetProperty("different").GetInt32(), Is.Zero, output);
        Assert.That(found.RootElement.GetProperty("books").GetInt32(), Is.GreaterThanOrEqualTo(30));
    }

    [Test]
    public async Task KeyIsAskedForBeforeTheHandshake()
    {
        await using var exchange = await TestExchange.StartAsync();
        var address = new Uri($"{exchange.Host.SbeAddress("binance")}/ws/btcusdt@depth");

        var refused = await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            using var socket = await TestSocket.ConnectAsync(address);
        });
        Assert.That(refused!.Message, Does.Contain("401"));
    }

    [Test]
    public async Task EventsAreBinaryAndAnswersAreText()
    {
        await using var exchange = await TestExchange.StartAsync();
        using var socket = await TestSocket.ConnectAsync(
            new Uri($"{exchange.Host.SbeAddress("binance")}/ws"),
            static options => options.SetRequestHeader(ApiKey, "a"));
        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@depth"],"id":7}""");

        Assert.That((await socket.ReceiveAsync()).GetProperty("id").GetInt32(), Is.EqualTo(7));
        var first = await socket.ReceiveBytesAsync();
        var second = await socket.ReceiveBytesAsync();
        Assert.That(BitConverter.ToUInt16(first!, 2), Is.EqualTo(10_003));
        Assert.That(
            BitConverter.ToInt64(second!, 16),
            Is.EqualTo(BitConverter.ToInt64(first!, 24) + 1),
            "the first id of a message is the last one of the message before, plus one");
    }
}

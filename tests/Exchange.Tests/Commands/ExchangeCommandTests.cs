using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Commands;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Commands;

[Category(Categories.Loopback)]
internal sealed class ExchangeCommandTests
{
    [TestCase("TERM")]
    [TestCase("INT")]
    public async Task SignalClosesSocketsAndExitsWithZero(string signal)
    {
        var port = FreePort.Take();
        using var process = ExchangeProcess.Start(
            ["--venues", "kraken"], ("EXCHANGE_SERVER_PORT", port.ToString(CultureInfo.InvariantCulture)));
        Assert.That(await process.ReadLineAsync(), Is.EqualTo($"exchange ready ws://localhost:{port} venues=kraken"));
        using var socket = await TestSocket.ConnectAsync(new Uri($"ws://localhost:{port}/kraken/v2"));
        await socket.ReceiveAsync();
        var watch = Stopwatch.StartNew();
        process.Signal(signal);
        await socket.DrainAsync();
        Assert.That((int?)socket.CloseStatus, Is.EqualTo(1001));
        var (exitCode, _, error) = await process.EndAsync();
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(error, Is.Empty);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task JsonReadyLineIsOneObject()
    {
        using var process = ExchangeProcess.Start(
            ["--port=0", "--hostname", "127.0.0.1", "--venues", "binance,kraken", "--seed", "9", "--json"]);
        using var ready = JsonDocument.Parse(await process.ReadLineAsync());
        Assert.That(ready.RootElement.GetProperty("venues").GetArrayLength(), Is.EqualTo(2));
        Assert.That(ready.RootElement.GetProperty("seed").GetInt32(), Is.EqualTo(9));
        var address = new Uri(ready.RootElement.GetProperty("address").GetString()!);
        using var socket = await TestSocket.ConnectAsync(new Uri(address, "/kraken/v2"));
        await socket.ReceiveAsync();
    }

    [Test]
    public async Task TakenPortExitsWith3()
    {
        await using var other = await ExchangeHost.StartAsync(TestExchange.Fast());
        var port = other.Port.ToString(CultureInfo.InvariantCulture);
        foreach (var hostname in new[] { "127.0.0.1", "localhost" })
        {
            using var process = ExchangeProcess.Start(["--port", port, "--hostname", hostname]);
            var (exitCode, output, error) = await process.EndAsync();
            Assert.That(exitCode, Is.EqualTo(3));
            Assert.That(output, Is.Empty);
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(error, Does.Contain($"port {port} of {hostname} is taken").And.Contain("--port"));
        }
    }

    [TestCase("unknown venue 'nope': choose from binance, ", "--venues", "nope")]
    [TestCase("/no/such/file", "--play", "/no/such/file", "--venue", "kraken")]
    [TestCase("--venue", "--play", "/no/such/file")]
    [TestCase("speed 'quick'", "--play", "x", "--venue", "kraken", "--speed", "quick")]
    [TestCase("'--colour'", "--colour")]
    [TestCase("'many'", "--seed", "many")]
    [TestCase("/no/such/cert", "--cert", "/no/such/cert", "--key", "/no/such/key")]
    [TestCase("--key", "--cert", "/no/such/cert")]
    [TestCase("rate 0", "--rate", "0")]
    public async Task BadUsageIsOneLineAndExitsWith2(string expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.That(await ExchangeCommand.RunAsync([.. arguments, "--port=0"], output, error), Is.EqualTo(2));
        Assert.That(output.ToString(), Is.Empty);
        Assert.That(error.ToString().TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(error.ToString(), Does.StartWith("exchange: ").And.Contain(expected));
    }

    [Test]
    public async Task VersionIsPrinted()
    {
        using var process = ExchangeProcess.Start(["--version"]);
        var (exitCode, output, _) = await process.EndAsync();
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Match(@"^\d+\.\d+\.\d+"));
    }

    [Test]
    public async Task BadPortVariableExitsWith2()
    {
        using var process = ExchangeProcess.Start([], ("EXCHANGE_SERVER_PORT", "door"));
        var (exitCode, _, error) = await process.EndAsync();
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain("EXCHANGE_SERVER_PORT is 'door'"));
    }
}

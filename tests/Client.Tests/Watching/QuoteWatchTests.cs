using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Commands;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Client.Watching;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Watching;

/// <summary>From the channel to the display, with losses in between.</summary>
[Category(Categories.Loopback)]
public sealed class QuoteWatchTests
{
    [Test]
    public async Task ItEndsAfterTheCount()
    {
        await using var server = await QuoteServer.StartAsync(static context => context.StreamAsync());
        var display = new RecordingDisplay();

        await WatchAsync(server.Address, display, count: 3);

        Assert.That(display.Events, Is.EqualTo(new[] { "connecting", "quote", "quote", "quote" }));
    }

    [Test]
    public async Task ReconnectGoesOnCountingAfterALoss()
    {
        var calls = 0;
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End(++calls == 1 ? "14" : "0");
        });
        var display = new RecordingDisplay();

        await WatchAsync(server.Address, display, count: 3, reconnect: true);

        Assert.That(display.Events, Is.EqualTo(
            new[] { "connecting", "quote", "UNAVAILABLE", "connecting", "quote", "OK", "connecting", "quote" }));
    }

    [Test]
    public async Task ReconnectWaitsForAServerThatStartsLater()
    {
        var port = FreePort.Take();
        QuoteServer? server = null;
        var display = new RecordingDisplay
        {
            OnLost = () => server ??= QuoteServer.StartAsync(static context => context.StreamAsync(), port: port)
                .GetAwaiter().GetResult(),
        };

        await WatchAsync(new ServerAddress("127.0.0.1", port), display, count: 1, reconnect: true);

        Assert.That(display.Events, Is.EqualTo(new[] { "connecting", "UNAVAILABLE", "connecting", "quote" }));
        await server!.DisposeAsync();
    }

    [Test]
    public async Task ReconnectDoesNotRepeatWhatCannotSucceed()
    {
        await using var server = await QuoteServer.StartAsync(
            static context => context.RefuseAsync("12", "no such method"));

        var failure = await FailsAsync(server.Address, reconnect: true);

        Assert.That(failure.Status, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task TheTimeoutIsAFailureThatSaysHowFarItCame()
    {
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            await context.WaitAsync();
        });

        var failure = await FailsAsync(server.Address, count: 5, timeout: TimeSpan.FromSeconds(1.5));

        Assert.That(failure.Status, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(failure.Message, Is.EqualTo("1 of 5 quotes within 1.5 s"));
    }

    [Test]
    public async Task AStreamThatEndsWithOkTooEarlyIsAFailure()
    {
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End("0");
        });

        var failure = await FailsAsync(server.Address, count: 2);

        Assert.That(failure.Message, Is.EqualTo("the server ended the stream after 1 of 2 quotes"));
    }

    [Test]
    public async Task AStreamThatEndsWithOkEndsTheWatch()
    {
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Messages.Of(SampleQuotes.ThreeLevels()));
            context.End("0");
        });
        var display = new RecordingDisplay();

        await WatchAsync(server.Address, display);

        Assert.That(display.Events, Is.EqualTo(new[] { "connecting", "quote" }));
    }

    [Test]
    public async Task TheUserCanQuitWhileItWaitsForAQuote()
    {
        using var quit = new CancellationTokenSource();
        await using var server = await QuoteServer.StartAsync(async context =>
        {
            await context.SendAsync(Array.Empty<byte>());
            await quit.CancelAsync();
            await context.WaitAsync();
        });

        await Assert.ThatAsync(
            () => WatchAsync(server.Address, new RecordingDisplay(), quit: quit.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<QuoteStreamException> FailsAsync(
        ServerAddress server, long? count = null, bool reconnect = false, TimeSpan? timeout = null) =>
        (await Assert.ThrowsAsync<QuoteStreamException>(
            () => WatchAsync(server, new RecordingDisplay(), count, reconnect, timeout)))!;

    private static async Task WatchAsync(
        ServerAddress server,
        RecordingDisplay display,
        long? count = null,
        bool reconnect = false,
        TimeSpan? timeout = null,
        CancellationToken quit = default)
    {
        var options = new WatchOptions(
            server, null, WatchFormat.Auto, count, timeout ?? TimeSpan.FromSeconds(20), reconnect);
        using var channel = new QuoteChannel(server);
        await new QuoteWatch(channel, display, options, new ReconnectDelay(Seeded.Random())).RunAsync(quit);
    }
}

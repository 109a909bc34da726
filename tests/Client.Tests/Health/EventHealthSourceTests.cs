using System;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Health;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Tests.Serving;
using LowLatencyQuoter.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Health;

[Category(Categories.Loopback)]
public sealed class EventHealthSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task WhatTheServerSaysIsRead()
    {
        await using var server = await QuoteServer.StartAsync(SampleEvents.AnswerAsync, HttpProtocols.Http1);
        using var source = new EventHealthSource(server.Address);
        source.Follow(null);

        await Eventually.HoldsAsync(() => source.Latest is not null, Patience, () => source.Failure ?? "silence");

        var health = source.Latest!;
        Assert.That(health.Symbol, Is.EqualTo("BTC/USDT"));
        Assert.That(health.Instruments, Is.EqualTo((string[])["BTC/USDT", "ETH/USDT"]));
        Assert.That(health.Venues, Is.EqualTo((VenueHealth[])
        [
            new("kraken", "live", 12.4, 31.5, "2", 83.2), new("binance", "disconnected", null, null, "0", null),
        ]));
        Assert.That(health.Recent[^1], Is.EqualTo(new LatencyPoint(100, 1_900)));
        Assert.That(source.Failure, Is.Null);
    }

    [Test]
    public async Task AnotherInstrumentIsFollowed()
    {
        await using var server = await QuoteServer.StartAsync(SampleEvents.AnswerAsync, HttpProtocols.Http1);
        using var source = new EventHealthSource(server.Address);
        source.Follow(null);
        await Eventually.HoldsAsync(() => source.Latest is not null, Patience, () => source.Failure ?? "silence");

        source.Follow("ETH/USDT");

        await Eventually.HoldsAsync(
            () => source.Latest!.Symbol == "ETH/USDT", Patience, () => source.Failure ?? source.Latest!.Symbol);
    }

    [Test]
    public async Task WhatIsNoSuchServerIsSaid()
    {
        using var source = new EventHealthSource(new ServerAddress("127.0.0.1", FreePort.Take()));
        source.Follow(null);
        await Eventually.HoldsAsync(() => source.Failure is not null, Patience, static () => "no failure");

        Assert.That(source.Failure, Does.StartWith("http 127.0.0.1:").And.Contain("refused"));
        Assert.That(source.Latest, Is.Null);
    }

    [Test]
    public async Task WhatCannotBeReadIsSaidAndItGoesOn()
    {
        var calls = 0;
        await using var server = await QuoteServer.StartAsync(
            context => calls++ == 0
                ? context.Response.WriteAsync("event: status\ndata: {\"symbol\":5}\n\n")
                : SampleEvents.AnswerAsync(context),
            HttpProtocols.Http1);
        using var source = new EventHealthSource(server.Address);
        source.Follow(null);

        await Eventually.HoldsAsync(() => source.Failure is not null, Patience, static () => "no failure");
        await Eventually.HoldsAsync(() => source.Latest is not null, Patience, () => source.Failure ?? "silence");
        await Eventually.HoldsAsync(() => source.Failure is null, Patience, () => source.Failure!);
    }
}

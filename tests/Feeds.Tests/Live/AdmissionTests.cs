using System;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>A venue that is asked where to connect, and speaks first.</summary>
[Category(Categories.Loopback)]
public sealed class AdmissionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    [Test]
    public async Task NothingIsSentBeforeTheWelcome()
    {
        var heard = new ConcurrentQueue<string>();
        using var asked = new SemaphoreSlim(0);
        await using var peer = await KuCoinPeer.StartAsync(_ => null, async (socket, _, cancellation) =>
        {
            var first = KuCoinPeer.ReceiveAsync(socket, cancellation);
            Assert.That(await Task.WhenAny(first, Task.Delay(Short, cancellation)), Is.Not.SameAs(first));
            heard.Enqueue("silence");
            await KuCoinPeer.SendAsync(socket, """{"id":"x","type":"welcome"}""", cancellation);
            heard.Enqueue((await first)!);
            asked.Release();
            await DrainAsync(socket, cancellation);
        });
        using var bench = Bench(peer, TimeSpan.FromSeconds(5));
        bench.Until(() => asked.Wait(0), "the subscription");

        Assert.That(heard, Is.EqualTo(new[]
        {
            "silence",
            """{"id":"BTC-USDT","type":"subscribe","topic":"/market/level2:BTC-USDT","privateChannel":false,"response":true}""",
        }));
    }

    [Test]
    public async Task EachConnectionHasATokenOfItsOwnAndOneWithoutAWelcomeIsLeft()
    {
        await using var peer = await KuCoinPeer.StartAsync(
            _ => null, (socket, _, cancellation) => DrainAsync(socket, cancellation));
        using var bench = Bench(peer, Short);
        bench.Until(() => peer.Tokens.Length >= 3, "three connections");

        Assert.That(peer.Tokens[..3], Is.EqualTo(new[] { "token1", "token2", "token3" }));
        Assert.That(bench.Log.ToString(), Does.Contain("connected to ws://").And.Not.Contain("token1"));
    }

    [TestCase("""{"code":"429000","msg":"Too many requests"}""", "has an element without 'data'")]
    [TestCase("<html>", "is not JSON")]
    public async Task RefusedAdmissionIsAskedForAgain(string refusal, string said)
    {
        using var asked = new SemaphoreSlim(0);
        await using var peer = await KuCoinPeer.StartAsync(
            number => number < 3 ? refusal : null,
            async (socket, _, cancellation) =>
            {
                await KuCoinPeer.SendAsync(socket, """{"id":"x","type":"welcome"}""", cancellation);
                await KuCoinPeer.ReceiveAsync(socket, cancellation);
                asked.Release();
                await DrainAsync(socket, cancellation);
            });
        using var bench = Bench(peer, TimeSpan.FromSeconds(5));
        bench.Until(() => asked.Wait(0), "the subscription");

        Assert.That(peer.Tokens, Is.EqualTo(new[] { "token3" }));
        Assert.That(bench.Log.ToString(), Does.Contain("no admission from /api/v1/bullet-public").And.Contain(said));
        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(1));
    }

    private static LiveBench Bench(KuCoinPeer peer, TimeSpan limit) => new("kucoin", "BTC/USDT", options => options with
    {
        Rest = peer.Rest,
        SnapshotLimit = limit,
    });

    private static async Task DrainAsync(WebSocket socket, CancellationToken cancellation)
    {
        while (await KuCoinPeer.ReceiveAsync(socket, cancellation) is not null)
        {
        }
    }
}

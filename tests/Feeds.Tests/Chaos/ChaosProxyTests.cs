using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>The proxy does what its words say; times are only bounded from below.</summary>
[Category(Categories.Loopback)]
public sealed class ChaosProxyTests
{
    private static readonly byte[] Sent = [.. Enumerable.Range(0, 5_000).Select(static index => (byte)index)];

    private TcpListener _server = null!;
    private ChaosProxy _proxy = null!;

    [SetUp]
    public void Start()
    {
        _server = new TcpListener(IPAddress.Loopback, 0);
        _server.Start();
        _proxy = new ChaosProxy(((IPEndPoint)_server.LocalEndpoint).Port, 5);
    }

    [TearDown]
    public async Task Stop()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [Test]
    public async Task WithoutToxicsBytesPassInBothDirectionsUntilTheEnd()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync(Sent);
            await client.SendAsync(Sent);
            Assert.That(await ReadAsync(client, Sent.Length), Is.EqualTo(Sent));
            Assert.That(await ReadAsync(server, Sent.Length), Is.EqualTo(Sent));
            server.Shutdown(SocketShutdown.Send);
            Assert.That(await ReadAsync(client, 1), Is.Empty, "the end passes too");
        }
    }

    [Test]
    public async Task LatencyAndBandwidthMakeBytesLateAndKeepTheirOrder()
    {
        _proxy.Toxics = new Toxics { Latency = TimeSpan.FromMilliseconds(150), BytesPerSecond = 50_000 };
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            var started = Stopwatch.GetTimestamp();
            await server.SendAsync(Sent);
            Assert.That(await ReadAsync(client, Sent.Length), Is.EqualTo(Sent));
            Assert.That(Stopwatch.GetElapsedTime(started).TotalMilliseconds, Is.GreaterThan(240));
        }
    }

    [Test]
    public async Task SlicedBytesAreTheSame()
    {
        _proxy.Toxics = new Toxics { SliceMax = 7 };
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync(Sent);
            Assert.That(await ReadAsync(client, Sent.Length), Is.EqualTo(Sent));
        }
    }

    [Test]
    public async Task LimitEndsAConnectionAfterSoManyBytes()
    {
        _proxy.Toxics = new Toxics { LimitBytes = 1_234 };
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            await server.SendAsync(Sent);
            var received = 0;
            Assert.That(
                async () =>
                {
                    while (await ReadAsync(client, 1) is { Length: 1 })
                    {
                        received++;
                    }
                },
                Throws.InstanceOf<SocketException>());
            Assert.That(received, Is.LessThanOrEqualTo(1_234));
        }
    }

    [Test]
    public async Task BlackHoleTakesEverythingAndGivesItBackLater()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            _proxy.Toxics = new Toxics { IsBlackHole = true };
            await server.SendAsync(Sent);
            await client.SendAsync(Sent);
            await Task.Delay(100);      // more than enough for bytes that pass, and nothing rests on more
            Assert.That(client.Available + server.Available, Is.Zero);
            _proxy.Toxics = new Toxics();
            Assert.That(await ReadAsync(client, Sent.Length), Is.EqualTo(Sent));
            Assert.That(await ReadAsync(server, Sent.Length), Is.EqualTo(Sent));
        }
    }

    [Test]
    public async Task HalfOpenConnectionTellsTheClientNothing()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            _proxy.Toxics = new Toxics { IsHalfOpen = true };
            await server.SendAsync(Sent);
            await client.SendAsync(Sent);
            Assert.That(await ReadAsync(server, Sent.Length), Is.EqualTo(Sent), "what the client sends passes");
            Assert.That(client.Available, Is.Zero);
        }
    }

    [Test]
    public async Task ResetIsAResetAndAnEndIsAnEnd()
    {
        var (reset, far) = await ConnectAsync();
        using (reset)
        using (far)
        {
            await far.SendAsync(new byte[1]);
            await ReadAsync(reset, 1);
            _proxy.ResetPeers();
            Assert.That(
                async () => await ReadAsync(reset, 1),
                Throws.InstanceOf<SocketException>()
                    .With.Property("SocketErrorCode").EqualTo(SocketError.ConnectionReset));
        }

        var (finished, other) = await ConnectAsync();
        using (finished)
        using (other)
        {
            await other.SendAsync(new byte[1]);
            await ReadAsync(finished, 1);
            _proxy.Finish();
            Assert.That(await ReadAsync(finished, 1), Is.Empty);
        }
    }

    [Test]
    public async Task SlowCloseKeepsTheEndBack()
    {
        _proxy.Toxics = new Toxics { SlowClose = TimeSpan.FromMilliseconds(200) };
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            var started = Stopwatch.GetTimestamp();
            server.Shutdown(SocketShutdown.Send);
            Assert.That(await ReadAsync(client, 1), Is.Empty);
            Assert.That(Stopwatch.GetElapsedTime(started).TotalMilliseconds, Is.GreaterThan(190));
        }
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port, patience.Token);
        return (client, await _server.AcceptSocketAsync(patience.Token));
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var bytes = new byte[count];
        var filled = 0;
        while (filled < count)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(filled), patience.Token);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return bytes[..filled];
    }
}

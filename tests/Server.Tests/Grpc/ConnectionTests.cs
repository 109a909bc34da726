using System;
using System.Buffers.Binary;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Grpc;

/// <summary>What the server does with a connection, seen frame by frame.</summary>
[Category(Categories.Loopback)]
public sealed class ConnectionTests
{
    private QuoterHarness _quoter = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _quoter.Market.GoLive();
    }

    [TearDown]
    public async Task StopAsync() => await _quoter.DisposeAsync();

    [Test]
    public async Task AStopIsAnnouncedByGoAwayAndStreamsEndWithTheirTrailers()
    {
        using var peer = await Http2Peer.ConnectAsync(_quoter.GrpcPort);
        await peer.BeginAsync(1, GrpcTestClient.BookSummary);
        await peer.SendAsync(Http2Peer.Data, Http2Peer.EndStream, 1, GrpcTestClient.Frame([]));
        await peer.ReadAsync(Http2Peer.Data);
        var stop = _quoter.StopServingAsync();
        var (goneAway, ended) = (false, false);
        while (await peer.ReadAsync() is { } frame)
        {
            goneAway |= frame.Type == Http2Peer.GoAway;
            ended |= frame.Type == Http2Peer.Headers && (frame.Flags & Http2Peer.EndStream) != 0;
            if (frame.Type == Http2Peer.GoAway)
            {
                Assert.That(BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4)), Is.Zero, "NO_ERROR");
            }
        }

        await stop;
        Assert.That((goneAway, ended), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task AnIdleConnectionIsPingedAndAPingIsAnswered()
    {
        using var peer = await Http2Peer.ConnectAsync(_quoter.GrpcPort);
        await peer.SendAsync(Http2Peer.Ping, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);
        var (answered, asked) = (false, false);
        while (!answered || !asked)
        {
            var (flags, _, payload) = await peer.ReadAsync(Http2Peer.Ping);
            if (flags == Http2Peer.Ack)
            {
                answered = true;
                Assert.That(payload, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
            }
            else
            {
                asked = true;   // the server wants to know whether its client is there
                await peer.SendAsync(Http2Peer.Ping, Http2Peer.Ack, 0, payload);
            }
        }
    }

    [Test]
    public async Task AResetOfTheClientEndsTheSubscription()
    {
        using var peer = await Http2Peer.ConnectAsync(_quoter.GrpcPort);
        await peer.BeginAsync(1, GrpcTestClient.BookSummary);
        await peer.SendAsync(Http2Peer.Data, Http2Peer.EndStream, 1, GrpcTestClient.Frame([]));
        await peer.ReadAsync(Http2Peer.Data);
        Assert.That(_quoter.Publisher.Counters.Subscribers, Is.EqualTo(1));
        await peer.SendAsync(Http2Peer.Reset, 0, 1, [0, 0, 0, 8]);
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "no subscriber is left");
        Assert.That(_quoter.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task AnAnswerOfTrailersOnlyIsOneFrame()
    {
        using var peer = await Http2Peer.ConnectAsync(_quoter.GrpcPort);
        await peer.BeginAsync(1, "/nothing/here");
        await peer.SendAsync(Http2Peer.Data, Http2Peer.EndStream, 1, GrpcTestClient.Frame([]));
        var (flags, stream, _) = await peer.ReadAsync(Http2Peer.Headers);
        Assert.That((stream, flags & Http2Peer.EndStream), Is.EqualTo((1, (int)Http2Peer.EndStream)));
    }

    [TestCase("200H")]
    [TestCase("200M")]
    [TestCase("20000S")]
    [TestCase("2000000m")]
    [TestCase("99999999u")]
    public async Task EveryUnitOfADeadlineIsUnderstood(string timeout)
    {
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync(timeout);
        Assert.That(await call.ReadAsync(), Is.Not.Null);
    }

    [TestCase("1n")]
    [TestCase("1u")]
    [TestCase("1m")]
    public async Task AShortDeadlineIsExceededInAnyUnit(string timeout)
    {
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync(timeout);
        Assert.That(await call.EndAsync(), Is.EqualTo(Wire.Grpc.StatusCode.DeadlineExceeded));
    }
}

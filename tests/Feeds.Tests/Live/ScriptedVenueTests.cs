using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Connections to peers that do what venues do at their worst.</summary>
[Category(Categories.Loopback)]
public sealed class ScriptedVenueTests
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(3);

    [Test]
    public async Task CompressedFeedIsReadAndAVenueMayDecline([Values] bool compresses)
    {
        await using var peer = await VenuePeer.StartAsync(
            (context, _, lastId) => context.Response.WriteAsync(VenuePeer.Body(lastId)), compresses);
        using var bench = new LiveBench(
            "binance",
            "BTC/USDT",
            options => options with { Socket = peer.Socket, Rest = peer.Rest, Deflate = new DeflateOptions() });

        bench.Until(() => bench.IsLive && bench.Connection.Counters.Frames > 20, "a live book");

        Assert.That(bench.Log.Has($"compression was {(compresses ? "agreed to" : "declined")}"), Is.True);
    }

    [Test]
    public async Task SnapshotsThatFailAreAskedForAgainAfterGrowingWaits()
    {
        await using var peer = await VenuePeer.StartAsync((context, request, lastId) =>
        {
            switch (request)
            {
                case 1:
                    context.Response.StatusCode = 429;
                    context.Response.Headers.RetryAfter = "1";
                    return Task.CompletedTask;
                case 2:
                    context.Response.StatusCode = 500;
                    return Task.CompletedTask;
                case 3:
                    context.Response.Headers.ContentEncoding = "gzip";
                    return context.Response.WriteAsync("this is not gzip");
                case 4:
                    return context.Response.WriteAsync(VenuePeer.Body(500));   // older than every diff
                default:
                    return context.Response.WriteAsync(VenuePeer.Body(lastId));
            }
        });
        using var bench = new LiveBench(
            "binance", "BTC/USDT", options => options with { Socket = peer.Socket, Rest = peer.Rest });
        bench.Until(() => bench.IsLive, "a live book");
        var requests = peer.Requests;

        Assert.Multiple(() =>
        {
            Assert.That(requests, Has.Length.EqualTo(5));
            Assert.That(requests[1], Is.GreaterThan(950), "what Retry-After says");
            Assert.That(requests[2] - requests[1], Is.GreaterThan(240));
            Assert.That(requests[3] - requests[2], Is.GreaterThan(480));
            Assert.That(requests[4] - requests[3], Is.GreaterThan(950));
            Assert.That(bench.Connection.Counters.SnapshotRequests, Is.EqualTo(5));
            Assert.That(bench.Connection.Counters.SnapshotFailures, Is.EqualTo(3));
            Assert.That(bench.Status.SnapshotsTooOld, Is.EqualTo(1));
            Assert.That(bench.Log.Has("no snapshot: 429"), Is.True);
            Assert.That(bench.Log.Has("no snapshot: 500"), Is.True);
        });
    }

    [TestCase("<html>busy</html>")]
    [TestCase("{\"symbols\":[{\"symbol\":\"BTCUSDT\"}]}")]
    [TestCase("{\"lastUpdateId\":2000,\"bids\":[[\"1\"")]
    public async Task BodyThatCannotBeReadIsAskedForAgain(string body)
    {
        await using var peer = await VenuePeer.StartAsync((context, request, lastId) =>
            context.Response.WriteAsync(request == 1 ? body : VenuePeer.Body(lastId)));
        using var bench = new LiveBench(
            "binance", "BTC/USDT", options => options with { Socket = peer.Socket, Rest = peer.Rest });
        bench.Until(() => bench.IsLive, "a live book");

        Assert.That(bench.Connection.Counters.SnapshotFailures, Is.EqualTo(1));
        Assert.That(bench.Log.Has("cannot read it (MalformedMessage)"), Is.True);
    }

    [Test]
    public void ConnectionCutInsideOfAFrameIsMadeAnew()
    {
        using var peer = new RawPeer((stream, number) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            if (number > 1)
            {
                RawPeer.Drain(stream);
                return;
            }

            RawPeer.ReadFrame(stream);
            stream.Write(RawPeer.Text(KrakenScript.Update(1)).AsSpan(0, 40));
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with { Socket = peer.Address });
        bench.Until(() => peer.Connections == 2 && bench.IsLive, "a second connection");

        Assert.That(bench.Connection.Counters.Connects, Is.EqualTo(2));
        Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
        Assert.That(bench.Log.Has("connection lost after 1 frames"), Is.True);
    }

    [Test]
    public void BookWhoseSnapshotDoesNotComeIsSubscribedAnew()
    {
        using var asked = new SemaphoreSlim(0);
        using var peer = new RawPeer((stream, _) =>
        {
            for (var frame = 1; RawPeer.ReadFrame(stream) >= 0; frame++)
            {
                if (frame == 3)
                {
                    stream.Write(RawPeer.Text(KrakenScript.Snapshot));   // subscribe, unsubscribe, subscribe
                    asked.Release();
                }
            }
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with
        {
            Socket = peer.Address,
            SnapshotLimit = TimeSpan.FromMilliseconds(300),
        });
        bench.Until(() => bench.IsLive, "a live book");

        Assert.That(asked.Wait(TimeSpan.FromSeconds(5)), Is.True, "asked three times");
        Assert.That(peer.Connections, Is.EqualTo(1));
    }

    [Test]
    public void UnreadableFrameTakesTheBookOutUntilItIsSubscribedAnew()
    {
        using var peer = new RawPeer((stream, _) =>
        {
            RawPeer.ReadFrame(stream);
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            stream.Write(RawPeer.Text(KrakenScript.Update(1)[..^1]));
            RawPeer.ReadFrame(stream);   // unsubscribe
            RawPeer.ReadFrame(stream);   // subscribe
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            RawPeer.Drain(stream);
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with { Socket = peer.Address });
        bench.Until(() => bench.Status.Resyncs == 1 && bench.IsLive, "a resync");

        Assert.That(bench.Connection.Counters.DecodeErrors, Is.EqualTo(1));
        Assert.That(bench.Log.Has("cannot read a message (MalformedMessage)"), Is.True);
    }

    [Test]
    public void SilentPeerIsPingedAndLeftWhenItDoesNotAnswer()
    {
        var opcodes = new List<int>();
        using var peer = new RawPeer((stream, number) =>
        {
            for (var opcode = RawPeer.ReadFrame(stream); opcode >= 0; opcode = RawPeer.ReadFrame(stream))
            {
                if (number == 1)
                {
                    lock (opcodes)
                    {
                        opcodes.Add(opcode);
                    }
                }
            }
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with
        {
            Socket = peer.Address,
            PingAfter = TimeSpan.FromMilliseconds(150),
        });
        bench.Until(() => peer.Connections >= 2, "a second connection");

        lock (opcodes)
        {
            Assert.That(opcodes.Take(2), Is.EqualTo(new[] { 1, 9 }), "a subscription, then a ping");
        }
    }

    [Test]
    public void SilentPeerThatAnswersPingsIsKept()
    {
        var pings = 0;
        using var peer = new RawPeer((stream, _) =>
        {
            for (var opcode = RawPeer.ReadFrame(stream); opcode >= 0; opcode = RawPeer.ReadFrame(stream))
            {
                if (opcode == 9)
                {
                    Interlocked.Increment(ref pings);
                    stream.Write(RawPeer.Frame(0x8A, []));
                }
            }
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with
        {
            Socket = peer.Address,
            PingAfter = TimeSpan.FromMilliseconds(500),
        });
        bench.Until(() => Volatile.Read(ref pings) >= 3, "three pings");

        Assert.That(peer.Connections, Is.EqualTo(1));
        Assert.That(bench.Connection.IsConnected, Is.True);
    }

    [TestCase(true, TestName = "DisposeIsPromptWhileTheRestAddressAnswersNothing")]
    [TestCase(false, TestName = "DisposeIsPromptWhileTheSocketAnswersNothing")]
    public void DisposeIsPromptWhileNothingAnswers(bool rest)
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var port = ((IPEndPoint)hole.LocalEndpoint).Port;
        using var bench = new LiveBench("kraken", "BTC/USD", options => rest
            ? options with { Rest = new Uri($"http://127.0.0.1:{port}") }
            : options with { Socket = new Uri($"ws://127.0.0.1:{port}") });
        using var accepted = hole.AcceptSocket();   // it hangs in there now
        bench.Until(() => bench.Status.State == BookState.Connecting, "the attempt");

        Assert.That(bench.Close(), Is.LessThan(Prompt));
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the reader's end");
    }

    [Test]
    public void DisposeIsPromptWhileWaitingForTheNextAttempt()
    {
        using var bench = new LiveBench(
            "kraken", "BTC/USD", options => options with { ReconnectDelayMax = TimeSpan.FromSeconds(60) });
        bench.Until(() => bench.Connection.Counters.Disconnects >= 5, "five attempts");

        Assert.That(bench.Close(), Is.LessThan(Prompt));
    }

    [Test]
    public void DisposeIsPromptAndTwiceIsOnceWhileReadingFromAPeerThatDoesNotClose()
    {
        using var peer = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            stream.CopyTo(System.IO.Stream.Null);
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with { Socket = peer.Address });
        bench.Until(() => bench.IsLive, "a live book");

        Assert.That(bench.Close(), Is.LessThan(Prompt));
        Assert.That(bench.Close(), Is.LessThan(Prompt));
        bench.Until(() => bench.Status.State == BookState.Disconnected, "the reader's end");
    }

    [Test]
    [Category(Categories.Allocation)]
    public void ReaderAllocatesNothingPerFrame()
    {
        const int Half = 4_000;
        using var warm = new SemaphoreSlim(0);
        using var peer = new RawPeer((stream, _) =>
        {
            RawPeer.ReadFrame(stream);
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            Flood(stream, Half);
            warm.Wait(TimeSpan.FromSeconds(20));
            Flood(stream, Half);
            RawPeer.Drain(stream);
        });
        using var bench = new LiveBench("kraken", "BTC/USD", options => options with { Socket = peer.Address });
        bench.Until(() => bench.Connection.Counters.Frames == Half + 1 && bench.IsLive, "the first half");
        var before = bench.AllocatedBytes;
        warm.Release();
        bench.Until(() => bench.Connection.Counters.Frames == (2 * Half) + 1, "the second half");

        Assert.That(before, Is.GreaterThan(0));
        Assert.That(bench.AllocatedBytes, Is.EqualTo(before));
        Assert.That(bench.Connection.Counters.DecodeErrors, Is.Zero);
    }

    private static void Flood(System.IO.Stream stream, int count)
    {
        for (var number = 0; number < count; number++)
        {
            stream.Write(RawPeer.Text(KrakenScript.Update(number)));
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Several venues on one reader thread: what one of them does must not show at the others.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class SharedReaderTests
{
    [TestCase(ReceiveMode.Blocking)]
    [TestCase(ReceiveMode.Polling)]
    public void SteadyVenuesGoOnBesideTheWorstNeighbors(ReceiveMode mode)
    {
        const int Exchanges = 150;
        using var seen = new SemaphoreSlim(0);
        using var alsoSeen = new SemaphoreSlim(0);
        using var steady = new RawPeer((stream, _) => SendEachWhenTheLastWasSeen(stream, seen));
        using var alsoSteady = new RawPeer((stream, _) => SendEachWhenTheLastWasSeen(stream, alsoSeen));
        using var silent = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            RawPeer.Drain(stream);
        });
        using var flooding = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            for (var number = 0; ; number++)
            {
                stream.Write(RawPeer.Text(KrakenScript.Update(number)));
            }
        });
        using var dropping = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            stream.Write(RawPeer.Text(KrakenScript.Update(1)).AsSpan(0, 40));   // cut inside of a frame
        });
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();   // takes the connection and never answers the handshake
        Uri[] addresses =
        [
            steady.Address, silent.Address, flooding.Address, dropping.Address,
            new($"ws://127.0.0.1:{((IPEndPoint)hole.LocalEndpoint).Port}"), alsoSteady.Address,
        ];
        using var bench = new ReaderBench(addresses, 1, mode);
        bench.Until(() => bench.IsLive(0) && bench.IsLive(1) && bench.IsLive(2) && bench.IsLive(5), "live books");
        var flood = bench.Connections[2].Counters;
        var floodBefore = flood.Frames;
        for (var exchange = 1; exchange <= Exchanges; exchange++)
        {
            seen.Release();
            alsoSeen.Release();
            var wanted = exchange;
            bench.Until(
                () => bench.Status(0).Updates >= wanted && bench.Status(5).Updates >= wanted,
                $"update {exchange} of both steady venues");
        }

        bench.Until(() => bench.Connections[3].Counters.Connects >= 3, "reconnects of the dropping venue");

        Assert.Multiple(() =>
        {
            Assert.That(bench.Reader.Name, Is.EqualTo("feed-kraken+5"));
            Assert.That(flood.Frames - floodBefore, Is.GreaterThan(Exchanges), "the flood went on meanwhile");
            Assert.That(bench.Connections.Select(c => c.IsConnected).Where((_, index) => index is not 3).ToArray(),
                Is.EqualTo(new[] { true, true, true, false, true }), "all but the one without an answer");
            foreach (var undisturbed in new[] { 0, 1, 2, 5 })
            {
                Assert.That(bench.Connections[undisturbed].Counters.Disconnects, Is.Zero, $"{undisturbed}");
                Assert.That(bench.Status(undisturbed).Faults, Is.Zero, $"{undisturbed}");
                Assert.That(bench.Connections[undisturbed].Counters.RingFullDropped, Is.Zero, $"{undisturbed}");
            }
        });
    }

    [Test]
    public void FloodedSocketHasItsTurnAndNoMore()
    {
        const int Frames = 5_000;
        using var go = new SemaphoreSlim(0);
        using var gone = new SemaphoreSlim(0);
        var text = RawPeer.Text(KrakenScript.Update(1));
        using var flooding = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            for (var number = 0; number < Frames; number++)
            {
                stream.Write(text);
            }

            RawPeer.Drain(stream);
        });
        using var steady = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            while (go.Wait(TimeSpan.FromSeconds(20)) && stream.CanWrite)
            {
                stream.Write(text);
                gone.Release();
            }
        });
        using var turns = new TurnBench(flooding.Address, steady.Address);
        var (flood, calm) = (turns.Connections[0], turns.Connections[1]);
        for (var exchange = 0; exchange < 20; exchange++)
        {
            go.Release();
            Assert.That(gone.Wait(TimeSpan.FromSeconds(20)), Is.True, turns.ToString());
            turns.WaitForBytes(0);
            turns.WaitForBytes(1);
            var (floodBefore, calmBefore) = (flood.Counters.Frames, calm.Counters.Frames);

            Assert.That(flood.Poll(), Is.InRange(1, 70), "a bounded part of the flood");
            Assert.That(calm.Poll(), Is.GreaterThan(0));

            Assert.That(flood.Counters.Frames - floodBefore, Is.InRange(1, 64));
            Assert.That(calm.Counters.Frames, Is.EqualTo(calmBefore + 1), "in the same round");
            turns.Consume();
        }
    }

    [Test]
    public void OneReaderGivesTheStateOfOneReaderEach()
    {
        var hashes = new List<string>();
        foreach (var readers in new[] { 1, 2, 5 })
        {
            var peers = Enumerable.Range(0, 5).Select(venue => new RawPeer((stream, number) =>
                SendAll(stream, venue, venue == 3 && number == 1))).ToArray();
            using (var bench = new ReaderBench([.. peers.Select(peer => peer.Address)], readers, ReceiveMode.Blocking))
            {
                bench.Until(
                    () => Enumerable.Range(0, 5).All(venue =>
                        bench.IsLive(venue) && bench.Status(venue).Updates == UpdatesOf(venue)),
                    "all updates");
                hashes.Add(bench.StateHashOf());
            }

            Array.ForEach(peers, peer => peer.Dispose());
        }

        Assert.That(hashes, Is.All.EqualTo(hashes[0]).And.All.Length.EqualTo(64));
    }

    [TestCase(ReceiveMode.Blocking)]
    [TestCase(ReceiveMode.Polling)]
    [Category(Categories.Allocation)]
    public void ServingSeveralSocketsAllocatesNothing(ReceiveMode mode)
    {
        const int Venues = 5;
        const int Half = 1_500;
        using var warm = new SemaphoreSlim(0);
        var peers = Enumerable.Range(0, Venues).Select(_ => new RawPeer((stream, _) =>
        {
            RawPeer.ReadFrame(stream);
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            Send(stream, Half);
            warm.Wait(TimeSpan.FromSeconds(20));
            Send(stream, Half);
            RawPeer.Drain(stream);
        })).ToArray();
        using (var bench = new ReaderBench([.. peers.Select(peer => peer.Address)], 1, mode))
        {
            bench.Until(() => bench.Connections.All(c => c.Counters.Frames == Half + 1), "the first half");
            bench.Until(() => Enumerable.Range(0, Venues).All(bench.IsLive), "live books");
            var before = bench.Reader.AllocatedBytes;
            warm.Release(Venues);
            bench.Until(() => bench.Connections.All(c => c.Counters.Frames == (2 * Half) + 1), "the second half");

            Assert.That(before, Is.GreaterThan(0));
            Assert.That(bench.Reader.AllocatedBytes, Is.EqualTo(before));
        }

        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Test]
    public void FullLaneHoldsItsOwnSocketAndNoOther()
    {
        const int Updates = 3_000;
        using var full = new RawPeer((stream, _) => SendAll(stream, 0, false, Updates));
        using var other = new RawPeer((stream, _) => SendAll(stream, 1, false, 40));
        using var turns = new TurnBench(full.Address, other.Address);
        for (var rounds = 0; turns.Connections[0].Counters.RingFullWaits == 0; rounds++)
        {
            Assert.That(rounds, Is.LessThan(10_000), $"the lane never filled: {turns}");
            turns.WaitForBytes(0);
            turns.Connections[0].Poll();
        }

        Assert.That(turns.Connections[0].Poll(), Is.Zero, "no room, no work");
        Assert.That(turns.Connections[0].TryGetHandle(out _), Is.False, "its bytes wake nobody");
        while (turns.Connections[1].Counters.Frames < 41)
        {
            turns.WaitForBytes(1);
            turns.Connections[1].Poll();
        }

        Assert.That(turns.Connections[0].Counters.RingFullWaits, Is.EqualTo(1), "counted once a message");
        for (var rounds = 0; turns.Statuses[0].Updates < Updates; rounds++)
        {
            Assert.That(rounds, Is.LessThan(10_000), $"{turns.Statuses[0].Updates} updates");
            turns.Consume();
            turns.Connections[0].Poll();
        }

        Assert.That(turns.Connections[0].Counters.RingFullDropped, Is.Zero);
        Assert.That(turns.Statuses[0].Faults, Is.Zero);
    }

    [Test]
    public async Task VenuesBehindTlsShareAReaderToo()
    {
        using var root = new TestRoot();
        await using var exchange = await ExchangeHost.StartAsync(new ExchangeOptions
        {
            Instruments = ["BTC/USD"],
            Rate = 20,
            Certificate = root.Server,
        });
        using var silent = new RawPeer((stream, _) =>
        {
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            RawPeer.Drain(stream);
        });
        var secure = exchange.WebSocketAddress("kraken");
        using var bench = new ReaderBench(
            [secure, silent.Address, secure, secure],
            1,
            ReceiveMode.Blocking,
            options => options with { TrustedRoots = root.Roots });
        bench.Until(
            () => new[] { 0, 2, 3 }.All(book => bench.IsLive(book) && bench.Status(book).Updates > 30),
            "thirty updates of each");

        foreach (var connection in bench.Connections)
        {
            Assert.That((connection.Counters.Connects, connection.Counters.DecodeErrors), Is.EqualTo((1L, 0L)));
        }
    }

    private static int UpdatesOf(int venue) => 400 + (venue * 37);

    /// <summary>A venue's whole script; or a part of it, and then the connection is cut inside of a frame.</summary>
    private static void SendAll(Stream stream, int venue, bool isCut, int updates = 0)
    {
        stream.Write(RawPeer.Text(KrakenScript.Snapshot));
        var count = isCut ? 0 : updates == 0 ? UpdatesOf(venue) : updates;
        for (var number = 0; number < count; number++)
        {
            stream.Write(RawPeer.Text(KrakenScript.Update((number * (venue + 1)) + venue)));
        }

        if (isCut)
        {
            stream.Write(RawPeer.Text(KrakenScript.Update(1)).AsSpan(0, 40));
        }
        else
        {
            RawPeer.Drain(stream);
        }
    }

    private static void Send(Stream stream, int count)
    {
        for (var number = 0; number < count; number++)
        {
            stream.Write(RawPeer.Text(KrakenScript.Update(number)));
        }
    }

    private static void SendEachWhenTheLastWasSeen(Stream stream, SemaphoreSlim seen)
    {
        stream.Write(RawPeer.Text(KrakenScript.Snapshot));
        for (var number = 0; seen.Wait(TimeSpan.FromSeconds(30)); number++)
        {
            stream.Write(RawPeer.Text(KrakenScript.Update(number)));
        }
    }
}

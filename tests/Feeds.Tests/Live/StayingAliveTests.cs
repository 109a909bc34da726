using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Venues that want to hear from their clients, in their own words.</summary>
[Category(Categories.Loopback)]
public sealed class StayingAliveTests
{
    private const int Text = 1;
    private const int Ping = 9;

    [TestCase("okx", Text)]
    [TestCase("bybit", Text)]
    [TestCase("kraken", Ping)]
    public void SilentVenueIsAskedInItsWordsWhereItHasThem(string venue, int opcode)
    {
        var opcodes = new List<int>();
        using var peer = new RawPeer((stream, number) =>
        {
            for (var read = RawPeer.ReadFrame(stream); read >= 0; read = RawPeer.ReadFrame(stream))
            {
                if (number == 1)
                {
                    lock (opcodes)
                    {
                        opcodes.Add(read);
                    }
                }
            }
        });
        using var bench = new LiveBench(venue, "BTC/USDT", options => options with
        {
            Socket = peer.Address,
            PingAfter = TimeSpan.FromMilliseconds(150),
        });
        bench.Until(() => peer.Connections >= 2, "a second connection");

        lock (opcodes)
        {
            Assert.That(opcodes.Take(2), Is.EqualTo(new[] { Text, opcode }), "a subscription, then a sign of life");
        }
    }

    [Test]
    public void VenueThatSendsAllTheTimeIsToldThatWeAreAlive()
    {
        var told = 0;
        using var peer = new RawPeer((stream, _) =>
        {
            RawPeer.ReadFrame(stream);
            stream.Write(RawPeer.Text(KrakenScript.Snapshot));
            var writer = new Thread(() => Flood(stream)) { IsBackground = true };
            writer.Start();
            while (RawPeer.ReadFrame(stream) == Text)
            {
                Interlocked.Increment(ref told);
            }
        });
        using var lane = new DepthLane(64);
        var status = new BookStatus();
        Exception? fatal = null;
        var connection = new VenueConnection<TalkativeKraken>(
            new ConnectionOptions
            {
                Socket = peer.Address,
                Rest = new Uri("http://127.0.0.1:1"),
                Books = [KeyValuePair.Create("BTC/USD", 0)],
            },
            lane,
            [status],
            new LogLines(),
            e => fatal = e);
        using (var reader = new FeedReader([connection], ReceiveMode.Blocking, -1, new LogLines(), e => fatal = e))
        {
            reader.Start();
            var started = Stopwatch.GetTimestamp();
            while (Volatile.Read(ref told) < 4 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(15))
            {
                while (lane.Ring.IsPublished(lane.Consumed.Get() + 1))
                {
                    lane.Consumed.Set(lane.Consumed.Get() + 1);
                }

                Thread.Sleep(1);   // how often to look; nothing rests on it
            }
        }

        Assert.That(told, Is.GreaterThanOrEqualTo(4));
        Assert.That(connection.Counters.Frames, Is.GreaterThan(20), "it was not silent");
        Assert.That(fatal, Is.Null);
    }

    private static void Flood(System.IO.Stream stream)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                stream.Write(RawPeer.Text(KrakenScript.Update(number)));
                Thread.Sleep(2);
            }
        }
        catch (Exception e) when (e is System.IO.IOException or ObjectDisposedException)
        {
            // the client has gone
        }
    }
}

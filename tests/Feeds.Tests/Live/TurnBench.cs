using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Connections to real sockets whose turns, and those of the engine, are taken by the test.</summary>
internal sealed class TurnBench : IDisposable
{
    private readonly QuoterPipeline<MonotonicClock> _pipeline;
    private readonly LogLines _log = new();
    private readonly SocketWait _wait = new(1);

    public TurnBench(params Uri[] addresses)
    {
        VenueRegistry.TryFind("kraken", out var venue);
        var table = new BookTable(["BTC/USD"], [.. addresses.Select((_, book) => new BookDefinition
        {
            Venue = $"kraken{book}",
            Symbol = "BTC/USD",
            Instrument = 0,
            ChainRule = venue.Profile.ChainRule,
            SnapshotSource = venue.Profile.SnapshotSource,
        })]);
        _pipeline = new QuoterPipeline<MonotonicClock>(
            table, new PipelineOptions { Lanes = addresses.Length, LaneCapacity = 128 }, default);
        Statuses = table.Statuses;
        Connections = [.. addresses.Select((address, book) => venue.MakeConnection(
            new ConnectionOptions
            {
                Socket = address,
                Rest = new Uri("http://127.0.0.1:1"),   // nobody listens there
                Books = [KeyValuePair.Create("BTC/USD", book)],
            },
            _pipeline.Lanes[book], table.Statuses, _log, Rethrow))];
        Until(() =>
        {
            foreach (var connection in Connections)
            {
                connection.Tick(MonotonicClock.Nanos());
            }

            return Connections.All(connection => connection.TryGetHandle(out _));
        });
        Until(() =>
        {
            foreach (var connection in Connections)
            {
                connection.Poll();   // the snapshot may have come with the answer to the handshake
            }

            Consume();
            return Connections.All(connection => connection.Counters.Frames != 0);
        });
    }

    public IReadOnlyList<IVenueConnection> Connections { get; }

    public BookStatus[] Statuses { get; }

    /// <summary>Waits until bytes lie on the socket of a connection; they stay there.</summary>
    public void WaitForBytes(int connection)
    {
        if (Connections[connection].TryGetHandle(out var handle))
        {
            _wait.Clear();
            _wait.Add(handle);
            _wait.Wait(20_000);
        }
    }

    /// <summary>Lets the engine take everything.</summary>
    public void Consume()
    {
        while (_pipeline.DoWork() != 0)
        {
        }
    }

    public void Dispose()
    {
        foreach (var connection in Connections)
        {
            connection.Stop();
            connection.End();
        }

        foreach (var connection in Connections)
        {
            connection.Dispose();
        }

        _wait.Dispose();
        _pipeline.Dispose();
    }

    public override string ToString() => string.Join('\n', Connections.Select((connection, book) =>
        $"{book}: {Statuses[book].State}, {connection.Counters.Frames} frames, connected {connection.IsConnected}"))
        + $"\n{_log}";

    private static void Rethrow(Exception failure) => throw failure;

    private void Until(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)), _log.ToString());
            Thread.Sleep(1);   // how often to look; nothing rests on it
        }
    }
}

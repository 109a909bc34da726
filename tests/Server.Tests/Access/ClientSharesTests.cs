using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Access;

/// <summary>What one client may have, in made-up time.</summary>
public sealed class ClientSharesTests
{
    private long _now;

    [Test]
    public void StreamsSymbolsAndRateAreEachClientsOwn()
    {
        var shares = Make(streams: 2, symbols: 5, rate: 4);

        Assert.That(shares.Begin("a"), Is.Null);
        Assert.That(shares.Begin("a"), Is.Null);
        Assert.That(shares.Begin("a"), Is.EqualTo(ClientRefusal.Streams));
        Assert.That(shares.Begin("b"), Is.Null);
        Assert.That(shares.TryTake("a", 5), Is.True);
        Assert.That(shares.TryTake("a", 1), Is.False);
        Assert.That(shares.TryTake("b", 5), Is.True);
        shares.End("a", 5);
        Assert.That(shares.Begin("a"), Is.Null);
        Assert.That(shares.Begin("a"), Is.EqualTo(ClientRefusal.Rate), "the refused call counts too");
        _now += 500_000_000;
        Assert.That(shares.TryTake("a", 5), Is.True);
        shares.End("a", 0);
        Assert.That(shares.Begin("a"), Is.Null, "half a second is two calls");
    }

    [Test]
    public void ManyCallsAgreeWithAPlainCount() => Assert.Multiple(() =>
    {
        var random = Seeded.Random();
        var shares = Make(streams: 3, symbols: 10, rate: 1_000_000);
        var open = new List<(string Client, int Symbols)>();
        for (var step = 0; step < 20_000; step++)
        {
            _now += 1_000_000;
            var client = $"c{random.Next(5)}";
            if (random.Next(2) == 0 && open.Count != 0)
            {
                var index = random.Next(open.Count);
                shares.End(open[index].Client, open[index].Symbols);
                open.RemoveAt(index);
                continue;
            }

            var full = open.Count(call => call.Client == client) == 3;
            Assert.That(shares.Begin(client), full ? Is.EqualTo(ClientRefusal.Streams) : Is.Null);
            if (!full)
            {
                var symbols = random.Next(1, 8);
                var has = open.Where(call => call.Client == client).Sum(static call => call.Symbols);
                var fits = has + symbols <= 10;
                Assert.That(shares.TryTake(client, symbols), Is.EqualTo(fits));
                open.Add((client, fits ? symbols : 0));
            }
        }
    });

    [Test]
    public void ClientsThatAreGoneAreForgotten()
    {
        var shares = Make(streams: 2, symbols: 5, rate: 10);
        for (var client = 0; client < 200_000; client++)
        {
            _now += 100_000_000;
            Assert.That(shares.Begin($"c{client}"), Is.Null);
            shares.End($"c{client}", 0);
        }

        Assert.That(shares.Clients, Is.LessThan(2_000));
    }

    [Test]
    public void MoreClientsAtATimeThanAreKeptApartAreRefused()
    {
        var shares = Make(streams: 2, symbols: 5, rate: 10);
        for (var client = 0; client < ClientShares.ClientsMax; client++)
        {
            Assert.That(shares.Begin($"c{client}"), Is.Null);
        }

        Assert.That(shares.Begin("one more"), Is.EqualTo(ClientRefusal.Clients));
        Assert.That(shares.Begin("c0"), Is.Null, "who is known is not shut out");
    }

    private ClientShares Make(int streams, int symbols, int rate)
    {
        _now = 0;
        return new ClientShares(new ClientLimits(streams, symbols, rate), () => _now);
    }
}

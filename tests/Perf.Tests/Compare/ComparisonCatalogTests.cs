using System.Linq;
using LowLatencyQuoter.Perf.Compare;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Compare;

public sealed class ComparisonCatalogTests
{
    /// <summary>Names that others rely on: they may grow in number and never change.</summary>
    internal static readonly string[] Names =
    [
        "ring.sp.64B", "ring.mp.64B", "ring.shared.64B", "ring.pingpong",
        "decode.binance.20", "decode.binance.200", "decode.binance_sbe", "decode.bitstamp", "decode.coinbase",
        "decode.coinbase_advanced", "decode.kraken", "decode.okx", "decode.bybit", "decode.kucoin", "decode.gateio",
        "decode.bitfinex", "decode.cryptocom",
        "book.apply.1000", "book.apply.5000", "book.apply.far", "book.snapshot", "book.top10",
        "merge.10venues", "merge.10venues.1changed",
        "histogram.record", "websocket.read", "websocket.read.tls", "grpc.fanout.100", "shm.read",
        "pipeline.tick-to-quote", "pipeline.throughput",
    ];

    [Test]
    public void TheNamesStandAndAreDistinct()
    {
        var names = ComparisonCatalog.All.Select(static item => item.Name).ToArray();

        Assert.That(names, Is.SupersetOf(Names));
        Assert.That(names, Is.Unique);
    }

    [Test]
    public void APrefixChoosesItsCasesInTheirOrder()
    {
        var chosen = ComparisonCatalog.Choose(["merge", "ring.p", "decode.binance"]).Select(static item => item.Name);

        Assert.That(
            chosen, Is.EqualTo(["ring.pingpong", "decode.binance.20", "decode.binance.200", "decode.binance_sbe",
                "merge.10venues", "merge.10venues.1changed"]));
    }

    [Test]
    public void LatenciesAreMarkedSinceTheMachinesStallsBelongBesideThem() =>
        Assert.That(
            ComparisonCatalog.All.Where(static item => item.IsLatency).Select(static item => item.Name),
            Is.EqualTo(
                ["ring.pingpong", "websocket.read", "websocket.read.tls", "shm.read", "pipeline.tick-to-quote"]));

    [Test]
    public void NoPrefixChoosesAll() =>
        Assert.That(ComparisonCatalog.Choose([]), Is.EqualTo(ComparisonCatalog.All));

    [Test]
    public void AnUnknownPrefixIsNamedWithWhatThereIs() =>
        Assert.That(
            () => ComparisonCatalog.Choose(["ring", "rings"]),
            Throws.TypeOf<ComparisonException>().With.Message.Contains("'rings'").And.Message.Contains("ring.sp.64B"));

    [Test]
    public void ARatioAboveOneMeansOursIsBetterWhicheverWayTheUnitGoes()
    {
        var rate = new ComparisonCase("a", "M/s", true, "b", "c", null!);
        var time = rate with { MoreIsBetter = false };

        Assert.That(rate.Ratio(30, 10), Is.EqualTo(3));
        Assert.That(time.Ratio(10, 30), Is.EqualTo(3));
    }
}

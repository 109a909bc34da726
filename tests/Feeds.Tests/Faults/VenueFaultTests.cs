using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Feeds.Tests.Chaos;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Faults;

/// <summary>What venues do wrong, one fault at a time, with every quote judged.</summary>
[Category(Categories.Loopback)]
public sealed class VenueFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestCase("binance", "drop", FaultCode.Gap)]
    [TestCase("okx", "drop", FaultCode.Gap)]
    [TestCase("bybit", "reorder", FaultCode.Gap)]
    [TestCase("kraken", "checksum-wrong", FaultCode.ChecksumMismatch)]
    [TestCase("coinbase", "malformed", FaultCode.MalformedMessage)]
    public async Task FaultTakesTheBookOutUntilItIsRightAgain(string venue, string name, FaultCode code)
    {
        await using var bench = await ChaosBench.StartAsync(Settings(venue));
        await UntilAsync(bench, () => bench.IsLive(0), "live books");
        bench.Exchange.Faults.Arm(venue, new Fault { Name = name, Symbol = "BTC/USDT" });
        await UntilAsync(bench, () => bench.Table.Statuses[0].Resyncs >= 1 && bench.IsLive(0), "the recovery");
        bench.Judged.Ask();
        await UntilAsync(bench, () => bench.Judged.Unproven == 0, "books equal to the venue's own");

        Assert.That(bench.Judged.Judge.Wrong, Is.Zero, string.Join('\n', bench.Judged.Judge.Findings));
        Assert.That(bench.Table.Statuses[0].LastFault, Is.EqualTo((long)code));
        Assert.That(bench.Connections[0].Counters.Connects, Is.EqualTo(1), "the connection was not the fault");
        if (code != FaultCode.MalformedMessage)   // of which nobody knows what it was about
        {
            Assert.That(bench.Table.Statuses[1].Resyncs, Is.Zero, "nor was the other book");
        }
    }

    [TestCase("binance")]
    [TestCase("bybit")]
    [TestCase("kraken")]
    [TestCase("okx")]
    public async Task RepeatedUpdateChangesNothing(string venue)
    {
        await using var bench = await ChaosBench.StartAsync(Settings(venue));
        await UntilAsync(bench, () => bench.IsLive(0), "live books");
        bench.Exchange.Faults.Arm(venue, new Fault { Name = "duplicate", Count = 20 });
        await UntilAsync(
            bench, () => bench.Exchange.Faults.Provoked(venue).GetValueOrDefault("duplicate") == 20, "repetitions");
        await UntilAsync(bench, () => bench.IsLive(0), "live books");
        bench.Judged.Ask();
        await UntilAsync(bench, () => bench.Judged.Unproven == 0, "books equal to the venue's own");

        Assert.That(bench.Judged.Judge.Wrong, Is.Zero, string.Join('\n', bench.Judged.Judge.Findings));
    }

    [Test]
    public async Task SnapshotThatNeverComesHoldsUpItsOwnBookOnly()
    {
        await using var bench = await ChaosBench.StartAsync(Settings("binance"), static exchange =>
            exchange.Faults.Arm("binance", new Fault { Name = "rest-never", Symbol = "BTC/USDT" }));
        await UntilAsync(bench, () => bench.Table.Statuses[1].State == BookState.Live, "the other book");
        await UntilAsync(bench, () => bench.IsLive(0), "the book, asked for again");

        Assert.That(bench.Exchange.Faults.Provoked("binance")["rest-never"], Is.EqualTo(1));
        Assert.That(bench.Judged.Judge.Wrong, Is.Zero);
    }

    [Test]
    public async Task DelistedSymbolTakesItsOwnBookOutAndNoOther()
    {
        await using var bench = await ChaosBench.StartAsync(Settings("okx"));
        await UntilAsync(bench, () => bench.IsLive(0), "live books");
        bench.Exchange.Faults.Arm("okx", new Fault { Name = "delist", Symbol = "BTC/USDT" });
        bench.Exchange.Faults.Arm("okx", new Fault { Name = "reset" });
        await UntilAsync(
            bench,
            () => bench.Connections[0].Counters.Connects >= 2 && bench.Table.Statuses[1].State == BookState.Live,
            "the other book on the next connection");

        Assert.That(bench.Table.Statuses[0].State, Is.Not.EqualTo(BookState.Live));
        Assert.That(bench.Log.ToString(), Does.Contain("BTC-USDT"), "the log names what is missing");
        bench.Exchange.Faults.Clear("okx");
        bench.Exchange.Faults.Arm("okx", new Fault { Name = "reset" });
        await UntilAsync(bench, () => bench.IsLive(0), "both books when it is listed again");
        Assert.That(bench.Judged.Judge.Wrong, Is.Zero);
    }

    [Test]
    public async Task FinerTickIsNoFault()
    {
        await using var bench = await ChaosBench.StartAsync(Settings("bybit"));
        await UntilAsync(bench, () => bench.IsLive(0), "live books");
        bench.Exchange.Faults.Arm("bybit", new Fault { Name = "finer-tick", Count = 20 });
        await UntilAsync(
            bench, () => bench.Exchange.Faults.Provoked("bybit").GetValueOrDefault("finer-tick") == 20, "finer prices");
        bench.Judged.Ask();
        await UntilAsync(bench, () => bench.Judged.Unproven == 0, "books equal to the venue's own");

        Assert.That(bench.Judged.Judge.Wrong, Is.Zero, string.Join('\n', bench.Judged.Judge.Findings));
        Assert.That(bench.Table.Statuses.Sum(static status => status.Faults), Is.Zero);
    }

    /// <summary>The judge itself: what no venue's checksum tells, it does.</summary>
    [Test]
    public async Task JudgeFindsAQuantityThatTheVenueNeverHad()
    {
        await using var bench = await ChaosBench.StartAsync(Settings("coinbase"));
        await UntilAsync(bench, () => bench.IsLive(0), "live books");
        bench.Exchange.Faults.Arm("coinbase", new Fault { Name = "corrupt-quantity", Count = 0 });
        await UntilAsync(bench, () => bench.Judged.Judge.Wrong > 0, "a finding");

        Assert.That(bench.Judged.Judge.Findings[0], Does.StartWith("coinbase "));
    }

    private static ChaosSettings Settings(string venue) => new()
    {
        Venues = [venue],
        Instruments = ["BTC/USDT", "ETH/USDT"],
        Duration = TimeSpan.Zero,
        Seed = 3,
        Rate = 2,
        PingAfter = TimeSpan.FromMinutes(5),     // a machine that is slow is not a venue that is silent
        PauseMax = TimeSpan.Zero,
    };

    private static Task UntilAsync(ChaosBench bench, Func<bool> condition, string what) =>
        Eventually.HoldsAsync(condition, Patience, () => $"{what}\n{bench.Fatal}\n{bench.Log}");
}

using System.Linq;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Options;

public sealed class WaitPlanTests
{
    // cores, engine, publisher, receive -> in effect, and how many reasons are given; three venues
    [TestCase(
        8, "busy-spin", "busy-spin", "polling",
        WaitStrategyKind.BusySpin, WaitStrategyKind.BusySpin, ReceiveMode.Polling, 0)]
    [TestCase(
        6, "busy-spin", "busy-spin", "polling",
        WaitStrategyKind.BusySpin, WaitStrategyKind.BusySpin, ReceiveMode.Polling, 0)]
    [TestCase(
        5, "busy-spin", "busy-spin", "polling",
        WaitStrategyKind.BusySpin, WaitStrategyKind.BusySpin, ReceiveMode.Polling, 1)]
    [TestCase(
        3, "busy-spin", "busy-spin", "polling",
        WaitStrategyKind.BusySpin, WaitStrategyKind.BusySpin, ReceiveMode.Blocking, 1)]
    [TestCase(
        3, "busy-spin", "busy-spin", "blocking",
        WaitStrategyKind.BusySpin, WaitStrategyKind.BusySpin, ReceiveMode.Blocking, 0)]
    [TestCase(
        2, "busy-spin", "busy-spin", "blocking",
        WaitStrategyKind.BusySpin, WaitStrategyKind.Yielding, ReceiveMode.Blocking, 1)]
    [TestCase(
        1, "busy-spin", "busy-spin", "blocking",
        WaitStrategyKind.Yielding, WaitStrategyKind.Yielding, ReceiveMode.Blocking, 2)]
    [TestCase(
        1, "yielding", "blocking", "blocking",
        WaitStrategyKind.Yielding, WaitStrategyKind.Blocking, ReceiveMode.Blocking, 0)]
    public void NoMoreThreadsSpinThanThereAreCoresToSpare(
        int cores,
        string engineWait,
        string publisherWait,
        string receive,
        WaitStrategyKind engine,
        WaitStrategyKind publisher,
        ReceiveMode receiveMode,
        int reasons)
    {
        var plan = WaitPlan.Make(
            Options(
                ("threading.engineWait", engineWait),
                ("threading.publisherWait", publisherWait),
                ("threading.receive", receive)),
            cores);

        Assert.That((plan.Engine, plan.Publisher, plan.Receive), Is.EqualTo((engine, publisher, receiveMode)));
        Assert.That(plan.Reasons, Has.Count.EqualTo(reasons));
    }

    // cores, how they receive, how many readers are asked for, core map -> venues of each reader and its core
    [TestCase(2, "blocking", "auto", "", "0@-1 1@-1 2@-1")]
    [TestCase(2, "blocking", "1", "", "0,1,2@-1")]
    [TestCase(2, "blocking", "2", "", "0,2@-1 1@-1")]
    [TestCase(8, "blocking", "64", "", "0@-1 1@-1 2@-1")]
    [TestCase(8, "polling", "auto", "", "0@-1 1@-1 2@-1")]
    [TestCase(3, "polling", "auto", "", "0,2@-1 1@-1")]
    [TestCase(2, "polling", "auto", "", "0,1,2@-1")]
    [TestCase(2, "polling", "3", "", "0@-1 1@-1 2@-1")]
    [TestCase(8, "polling", "auto", "binance:1,kraken:1", "0,2@1 1@-1")]
    [TestCase(8, "polling", "auto", "binance:1,bitstamp:0,kraken:1", "0,2@1 1@0")]
    [TestCase(8, "polling", "2", "kraken:1", "2@1 0,1@-1")]
    [TestCase(8, "polling", "1", "kraken:1", "2,0,1@1")]
    [TestCase(8, "polling", "1", "kraken:1,binance:0", "0,1@0 2@1")]
    public void VenuesAreDealtOutToReaders(int cores, string receive, string readers, string map, string expected)
    {
        var plan = WaitPlan.Make(
            Options(
                ("threading.receive", receive),
                ("threading.readers", readers),
                ("threading.cores", map)),
            cores).Readers;

        var found = plan.Venues.Select((venues, reader) => $"{string.Join(',', venues)}@{plan.Cores[reader]}");
        Assert.That(string.Join(' ', found), Is.EqualTo(expected));
    }

    [TestCase(2, "polling", "auto", "", "readers: 1 polling threads for 3 venues")]
    [TestCase(2, "polling", "3", "", "receive: blocking instead of polling: 3 polling readers")]
    [TestCase(8, "blocking", "9", "", "readers: 3 instead of 9: there are 3 venues")]
    [TestCase(8, "blocking", "1", "kraken:1,binance:0", "readers: 2 instead of 1")]
    public void WhatIsChangedIsSaid(int cores, string receive, string readers, string map, string expected)
    {
        var plan = WaitPlan.Make(
            Options(
                ("threading.receive", receive),
                ("threading.readers", readers),
                ("threading.cores", map)),
            cores);

        Assert.That(plan.Reasons, Has.Some.StartsWith(expected));
    }

    private static QuoterOptions Options(params (string Key, string Value)[] settings) => OptionsLoader.Load(
        null,
        static _ => null,
        [.. settings.Append((Key: "venues", Value: "binance,bitstamp,kraken"))
            .Select(static setting => (SettingTable.Find(setting.Key)!, setting.Value))]);
}

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
        var options = OptionsLoader.Load(
            null,
            static _ => null,
            [
                (SettingTable.Find("threading.engineWait")!, engineWait),
                (SettingTable.Find("threading.publisherWait")!, publisherWait),
                (SettingTable.Find("threading.receive")!, receive),
            ]);

        var plan = WaitPlan.Make(options, cores);

        Assert.That((plan.Engine, plan.Publisher, plan.Receive), Is.EqualTo((engine, publisher, receiveMode)));
        Assert.That(plan.Reasons, Has.Count.EqualTo(reasons));
    }
}

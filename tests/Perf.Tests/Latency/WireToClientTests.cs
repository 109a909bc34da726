using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Latency.Sockets;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Latency;

[TestFixture]
internal sealed class WireToClientTests
{
    [TestCase(1, false)]
    [TestCase(3, false)]
    [TestCase(2, true)]
    [Category(Categories.Loopback)]
    public void ClientHasEveryMessageAndEveryStageItsStamps(int venues, bool tls)
    {
        using var rig = new WireRig(new WireOptions { Venues = venues, IsSecure = tls });
        const int Count = 300;
        for (var round = 0; round < 2; round++)
        {
            var stamps = new WireStamps(Count);
            var (window, schedule) = rig.Run(stamps, 3_000);
            Assert.That(window.Seen, Is.EqualTo(Count));
            Assert.That(window.Conflated, Is.InRange(0, Count - 1));
            var stages = stamps.Histograms(schedule);
            Assert.That(stages.Select(static stage => stage.TotalCount), Is.All.EqualTo(Count));
            Assert.That(stages.Select(static stage => stage.BelowRangeCount), Is.All.Zero,
                "a stage ended before it began");
        }
    }

    [Test]
    [Category(Categories.Loopback)]
    public void StagesAddUpToTheTotal()
    {
        using var rig = new WireRig(new WireOptions());
        rig.Run(new WireStamps(10), 1_000);
        var stamps = new WireStamps(1);
        var (_, schedule) = rig.Run(stamps, 1_000);
        var stages = stamps.Histograms(schedule);
        var parts = stages.Take(WireStamps.Parts.Count).Sum(static stage => stage.Mean);
        Assert.That(stages[^1].Mean, Is.EqualTo(parts).Within(1).Percent, "three digits are kept");
        Assert.That(stages[^2].Mean, Is.EqualTo(parts - stages[0].Mean).Within(1).Percent, "all but the schedule");
    }

    [Test]
    [Category(Categories.Loopback)]
    public void CommandTellsStagesAtEachRate()
    {
        var run = PerfRun.Of(
            LatencyCommand.Make(),
            "wire-to-client", "--quick", "--tls", "--no-saturation", "--rates", "500,1000", "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(
            run.Json.GetProperty("conditions").GetProperty("venue").GetString(),
            Does.Contain("not the exchange of this product"));
        foreach (var rate in run.Json.GetProperty("rates").EnumerateArray())
        {
            var names = rate.GetProperty("stages").EnumerateArray()
                .Select(static stage => stage.GetProperty("name").GetString());
            Assert.That(names, Is.EqualTo(WireStamps.Stages.Select(static stage => stage.Key)));
            Assert.That(rate.GetProperty("stalls").GetArrayLength(), Is.EqualTo(Environment.ProcessorCount));
            var messages = (long)(rate.GetProperty("offeredPerSecond").GetDouble() * 0.1);
            foreach (var window in rate.GetProperty("windows").EnumerateArray())
            {
                Assert.That(window.GetProperty("messages").GetInt64(), Is.EqualTo(messages));
                Assert.That(window.GetProperty("lost").GetInt64(), Is.Zero);
            }
        }
    }

    [Test]
    public void MoreSpinnersThanCoresAreRefused()
    {
        var run = PerfRun.Of(
            LatencyCommand.Make(), "wire-to-client", "--wait", "busy-spin", "--polling", "--venues", "10");
        if (Environment.ProcessorCount >= 14)
        {
            Assert.Ignore("this machine has cores for all of them");
        }

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("12 spinning threads").And.Contain("--wait blocking"));
    }

    [Test]
    public void NumbersAreReadOutOfASummary()
    {
        var numbers = new long[3];
        Assert.That(SummaryNumbers.TryRead(Summary(("venue2", 1_000_000.00001234), ("venue0", 0.5)), numbers), Is.True);
        Assert.That(numbers, Is.EqualTo(new[] { 0L, 0, 1_234 }));
    }

    [Test]
    public void BrokenSummariesAreRefusedAndNeverThrow()
    {
        var message = Summary(("venue1", 1_000_000.5), ("venue0", 2));
        var refused = 0;
        for (var length = 1; length < message.Length; length++)
        {
            refused += SummaryNumbers.TryRead(message.AsSpan(0, length), new long[2]) ? 0 : 1;
        }

        Assert.That(refused, Is.EqualTo(message.Length - 1 - 2), "only spread and first row may end a message");
        Assert.That(SummaryNumbers.TryRead(Summary(("venue7", 1)), new long[2]), Is.False, "a venue that is not there");
    }

    private static byte[] Summary(params (string Venue, double Amount)[] bids)
    {
        var message = new List<byte> { 0x09 };
        message.AddRange(Double(1.5));
        foreach (var (venue, amount) in bids)
        {
            byte[] level =
            [
                0x0A, (byte)venue.Length, .. Encoding.ASCII.GetBytes(venue),
                0x11, .. Double(60_000), 0x19, .. Double(amount),
            ];
            message.AddRange([0x12, (byte)level.Length, .. level]);
        }

        return [.. message];
    }

    private static byte[] Double(double value)
    {
        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return bytes;
    }
}

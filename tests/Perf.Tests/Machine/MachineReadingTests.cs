using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Machine;

public sealed class MachineReadingTests
{
    [Test]
    public void TheIdIsTheSameEachTimeAndFollowsWhatFiguresDependOn()
    {
        var id = MachineReading.IdOf("cpu", 2, "6.1", ".NET 10");

        Assert.That(id, Is.EqualTo(MachineReading.IdOf("cpu", 2, "6.1", ".NET 10")));
        Assert.That(
            new[]
            {
                id,
                MachineReading.IdOf("gpu", 2, "6.1", ".NET 10"),
                MachineReading.IdOf("cpu", 4, "6.1", ".NET 10"),
                MachineReading.IdOf("cpu", 2, "6.2", ".NET 10"),
                MachineReading.IdOf("cpu", 2, "6.1", ".NET 11"),
            },
            Is.Unique);
    }

    [Test]
    public void EverythingIsRead()
    {
        var machine = MachineReading.Take();

        Assert.That(machine.Id, Has.Length.EqualTo(12));
        Assert.That(machine.Cpu, Is.Not.Empty);
        Assert.That(machine.Kernel, Is.Not.Empty);
        Assert.That(machine.ClockNanos, Is.InRange(1, 100_000));
        Assert.That(machine.MemoryGibibytes, Is.Positive);
        Assert.That(machine.ToString(), Does.Contain(machine.Id).And.Contain(machine.Cpu));
    }

    [TestCase("0.1.0+e9969b0", "e9969b0")]
    [TestCase("0.1.0", "unknown")]
    [TestCase("0.1.0+", "unknown")]
    [TestCase(null, "unknown")]
    public void CommitIsReadOutOfTheVersion(string? version, string commit) =>
        Assert.That(MachineReading.CommitOf(version), Is.EqualTo(commit));

    [Test]
    public void CommitIsToldAndNoPartOfTheId()
    {
        var machine = SampleMachine.Make("0123456789ab");
        var json = JsonDocument.Parse(ReportJson.Write(json => MachineJson.Write(json, machine))).RootElement;

        Assert.That(json.GetProperty("machine").GetProperty("commit").GetString(), Is.EqualTo("c0ffee"));
        Assert.That(machine.ToString(), Does.EndWith("commit c0ffee"));
        Assert.That(MachineReading.Take().Commit, Does.Match("^([0-9a-f]{40}|unknown)$"));
    }

    [Test]
    public void WhatKeepsFiguresFromBeingTrueIsSaid()
    {
        var machine = SampleMachine.Make("0123456789ab") with { PinFailure = "no right to", LoadAverage = double.NaN };

        Assert.That(machine.Facts, Has.Member(new KeyValuePair<string, string>("NOT PINNED", "no right to")));
        Assert.That(machine.Facts, Has.Member(new KeyValuePair<string, string>("load average", "unknown")));
        Assert.That(machine.Facts, Has.Member(new KeyValuePair<string, string>("processor", "model x, virtual")));
        var json = JsonDocument.Parse(ReportJson.Write(json => MachineJson.Write(json, machine))).RootElement;
        Assert.That(json.GetProperty("machine").GetProperty("pinFailure").GetString(), Is.EqualTo("no right to"));
        Assert.That(
            json.GetProperty("machine").GetProperty("loadAverage").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }
}

using System;
using System.Runtime;
using LowLatencyQuoter.Server.Tuning;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Tuning;

[NonParallelizable]
public sealed class GcLatencyTests
{
    private GCLatencyMode _before;

    [SetUp]
    public void Remember() => _before = GCSettings.LatencyMode;

    [TearDown]
    public void Restore()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }

        GCSettings.LatencyMode = _before;
    }

    [TestCase("default")]
    [TestCase("low-latency")]
    [TestCase("sustained-low-latency")]
    [TestCase("no-gc:1")]
    [TestCase("no-gc:4096")]
    public void TextReadsAsItIsWritten(string text) =>
        Assert.That(GcLatency.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("fast", "'fast' is not one of default, low-latency, sustained-low-latency, no-gc:MIB")]
    [TestCase("no-gc", "'no-gc' is not one of")]
    [TestCase("no-gc:0", "'no-gc:0' is not no-gc:MIB with 1 to 4096 MiB")]
    [TestCase("no-gc:4097", "with 1 to 4096 MiB")]
    [TestCase("no-gc:-1", "with 1 to 4096 MiB")]
    public void OtherTextsAreRefusedWithWhatIsExpected(string text, string message) =>
        Assert.That(() => GcLatency.Parse(text), Throws.InstanceOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void LowLatencyIsReadBack()
    {
        var asked = GcLatency.Parse("low-latency");
        GcTuning.Apply(asked);

        Assert.That(GcTuning.Latency(asked), Is.EqualTo(new RuntimeFact("gc latency", "low-latency", "LowLatency")));
    }

    [Test]
    public void TheEndOfARegionWithoutCollectionsIsTold()
    {
        var asked = GcLatency.Parse("no-gc:16");
        GcTuning.Apply(asked);
        Assert.That(GcTuning.Latency(asked).Holds, Is.True);

        GC.EndNoGCRegion();

        var ended = GcTuning.Latency(asked);
        Assert.That(ended.Holds, Is.False);
        Assert.That(ended.InEffect, Does.Contain("used up"));
    }

    [Test]
    public void TheCollectorIsDescribed() =>
        Assert.That(GcTuning.Collector().InEffect, Does.Match("^(workstation|server), (not )?concurrent"));
}

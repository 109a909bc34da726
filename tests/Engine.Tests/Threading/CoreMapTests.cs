using System;
using LowLatencyQuoter.Engine.Threading;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Threading;

public sealed class CoreMapTests
{
    [Test]
    public void RolesHaveTheirCores()
    {
        var map = CoreMap.Parse("engine:2, publisher:3,binance:0", 4);

        Assert.That((map.Of("engine"), map.Of("publisher"), map.Of("binance")), Is.EqualTo((2, 3, 0)));
        Assert.That(map.Of("kraken"), Is.EqualTo(-1));
        Assert.That(map.Roles, Is.EquivalentTo(new[] { "engine", "publisher", "binance" }));
        Assert.That(CoreMap.Parse(map.ToString(), 4).ToString(), Is.EqualTo("engine:2,publisher:3,binance:0"));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(",")]
    public void EmptyTextIsNoMap(string text)
    {
        Assert.That(CoreMap.Parse(text, 4).Roles, Is.Empty);
        Assert.That(CoreMap.Empty.Roles, Is.Empty);
    }

    [TestCase("engine", "'engine' is not role:core, for instance engine:2")]
    [TestCase("engine:", "'engine:' is not role:core")]
    [TestCase(":2", "':2' is not role:core")]
    [TestCase("engine :2", "'engine :2' is not role:core")]
    [TestCase("publisher:1, engine\t:2", "'engine\t:2' is not role:core")]
    [TestCase("engine: 2", "'engine: 2' is not role:core")]
    [TestCase("engine:two", "'engine:two' is not role:core")]
    [TestCase("engine:-1", "'engine:-1' is not role:core")]
    [TestCase("engine:99999999999", "'engine:99999999999' is not role:core")]
    [TestCase("a:1,engine:4", "core 4 of 'engine:4' does not exist; this machine has 0 to 3")]
    [TestCase("engine:1,engine:2", "'engine' is named twice")]
    public void WrongPartIsNamedWithTheReason(string text, string message) =>
        Assert.That(
            () => CoreMap.Parse(text, 4), Throws.InstanceOf<FormatException>().With.Message.StartsWith(message));
}

using System;
using LowLatencyQuoter.Exchange.Playback;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Playback;

internal sealed class PlaybackSpeedTests
{
    [TestCase("max", "max")]
    [TestCase("1", "1")]
    [TestCase("0.5", "0.5")]
    public void SpeedReadsBackAsWritten(string text, string shown)
    {
        Assert.That(PlaybackSpeed.TryParse(text, out var speed), Is.True);
        Assert.That(speed.ToString(), Is.EqualTo(shown));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("fast")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    public void OtherTextIsNoSpeed(string text) => Assert.That(PlaybackSpeed.TryParse(text, out _), Is.False);

    [Test]
    public void FactorDividesTheDistance() =>
        Assert.That(PlaybackSpeed.Times(4).After(2_000_000_000), Is.EqualTo(TimeSpan.FromMilliseconds(500)));
}

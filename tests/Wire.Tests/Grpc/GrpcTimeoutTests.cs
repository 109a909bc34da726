using System;
using FsCheck.Fluent;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Grpc;

public sealed class GrpcTimeoutTests
{
    [TestCase("1H", TimeSpan.TicksPerHour)]
    [TestCase("2M", 2 * TimeSpan.TicksPerMinute)]
    [TestCase("3S", 3 * TimeSpan.TicksPerSecond)]
    [TestCase("004m", 4 * TimeSpan.TicksPerMillisecond)]
    [TestCase("5u", 5 * TimeSpan.TicksPerMicrosecond)]
    [TestCase("600n", 6)]
    [TestCase("1n", 1)]
    [TestCase("101n", 2)]
    [TestCase("0S", 0)]
    [TestCase("99999999H", 99_999_999 * TimeSpan.TicksPerHour)]
    public void EveryUnitIsRead(string text, long ticks)
    {
        Assert.That(GrpcTimeout.TryParse(text, out var timeout), Is.True);
        Assert.That(timeout.Ticks, Is.EqualTo(ticks));
    }

    [TestCase("")]
    [TestCase("S")]
    [TestCase("1")]
    [TestCase("1s")]
    [TestCase("1h")]
    [TestCase("-1S")]
    [TestCase("+1S")]
    [TestCase("1.5S")]
    [TestCase(" 1S")]
    [TestCase("1S ")]
    [TestCase("123456789S")]
    [TestCase("\u0661S")]
    [TestCase("1SS")]
    public void AnythingElseIsRefused(string text)
    {
        Assert.That(GrpcTimeout.TryParse(text, out _), Is.False);
    }

    [TestCase(0, "0n")]
    [TestCase(-5, "0n")]
    [TestCase(1, "100n")]
    [TestCase(999_999, "99999900n")]
    [TestCase(1_000_000, "100000u")]
    [TestCase(TimeSpan.TicksPerSecond, "1000000u")]
    [TestCase(100 * TimeSpan.TicksPerSecond, "100000m")]
    [TestCase((100 * TimeSpan.TicksPerSecond) + 1, "100001m")]
    public void TheFinestUnitThatFitsIsWritten(long ticks, string expected)
    {
        Assert.That(GrpcTimeout.Format(new TimeSpan(ticks)), Is.EqualTo(expected));
    }

    [Test]
    public void WhatIsWrittenIsReadBackNeverShorterAndCloseToIt()
    {
        var span = Gen.Choose(0, 62).SelectMany(bits =>
            Gen.Choose(0, int.MaxValue).Select(low => (1L << bits) + (low & ((1L << bits) - 1))));
        Seeded.Check(Prop.ForAll(span.ToArbitrary(), ticks =>
        {
            var text = GrpcTimeout.Format(new TimeSpan(ticks));
            return text.Length <= 9
                && GrpcTimeout.TryParse(text, out var read)
                && (read.Ticks >= ticks || text == "99999999H")
                && read.Ticks - ticks <= Math.Max(ticks / 100_000, 1);
        }));
    }
}

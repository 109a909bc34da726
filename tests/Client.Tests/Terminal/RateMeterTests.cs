using System;
using LowLatencyQuoter.Client.Terminal;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Terminal;

/// <summary>Quotes per second.</summary>
public sealed class RateMeterTests
{
    [Test]
    public void ASteadyStreamShowsItsRate()
    {
        var clock = new SteppedTime();
        var meter = new RateMeter(clock);

        Assert.That(meter.Sample(0), Is.Zero);
        for (var frame = 1; frame <= 100; frame++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            Assert.That(meter.Sample(frame * 50), Is.EqualTo(500).Within(1e-6));
        }
    }

    [Test]
    public void AStreamThatStopsFallsToZeroWithinTwoSeconds()
    {
        var clock = new SteppedTime();
        var meter = new RateMeter(clock);
        for (var frame = 0; frame < 30; frame++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            meter.Sample(frame * 50);
        }

        var rate = double.MaxValue;
        for (var frame = 0; frame < 21; frame++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            rate = meter.Sample(29 * 50);
        }

        Assert.That(rate, Is.Zero);
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan step) => _ticks += step.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}

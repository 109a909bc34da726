using System;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Live;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>What messages tell about the venue's clock.</summary>
public sealed class ClockReadingTests
{
    private const long Second = 1_000_000_000;
    private const long Milli = 1_000_000;
    private const long Unix = 1_700_000_000 * Second;

    [TestCase(0)]
    [TestCase(-37 * Milli)]
    [TestCase(2 * Second)]
    public void TrueDifferenceLiesWithinTheUncertainty(long ours)
    {
        // The way takes 4 ms and up to 80 ms of waiting; the venue cuts its stamps to milliseconds.
        var random = new Random(1);
        var offset = new ClockOffset();
        for (var message = 0; message < 1_000; message++)
        {
            var sent = message * 10 * Milli;
            var stamp = (Unix + sent - ours) / Milli * Milli;
            var way = (4 * Milli) + (random.Next(10) == 0 ? 0 : random.Next(80) * Milli);
            offset.Observe(stamp, sent + way);
            offset.Look(sent);
        }

        offset.Look(10 * Second);
        var reading = ClockReading.Of(offset.LeastNanos, Unix, roundTripNanos: 8 * Milli);

        Assert.That(reading.IsKnown, Is.True);
        Assert.That(reading.UncertaintyNanos, Is.EqualTo(4_500_000));
        Assert.That(reading.OffsetNanos, Is.EqualTo(ours).Within(reading.UncertaintyNanos));
    }

    [Test]
    public void WhatIsOlderThanAMinuteIsForgotten()
    {
        var offset = new ClockOffset();
        offset.Observe(Unix, 0);
        offset.Look(0);
        var before = offset.LeastNanos;
        for (var second = 1; second <= 80; second++)
        {
            offset.Observe(Unix, Second);
            offset.Look(second * Second);
        }

        Assert.That(before, Is.EqualTo(-Unix));
        Assert.That(offset.LeastNanos, Is.EqualTo(Second - Unix));
    }

    [Test]
    public void NothingIsKnownWithoutStampsOrWithoutARoundTrip()
    {
        var offset = new ClockOffset();
        offset.Observe(0, Second);
        offset.Look(Second);

        Assert.That(offset.LeastNanos, Is.EqualTo(long.MaxValue));
        Assert.That(ClockReading.Of(offset.LeastNanos, Unix, Milli).IsKnown, Is.False);
        Assert.That(ClockReading.Of(5, Unix, 0).IsKnown, Is.False);
    }
}

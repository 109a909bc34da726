using LowLatencyQuoter.Feeds.Live;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>The machine's wall clock jumps, and nothing moves.</summary>
public sealed class WallClockTests
{
    private const long Second = 1_000_000_000;
    private const long Hour = 3_600 * Second;
    private const long Start = 1_700_000_000 * Second;
    private long _nanos;
    private long _wall;
    private WallClock _clock = null!;

    [SetUp]
    public void Begin()
    {
        _nanos = 5 * Second;
        _wall = Start;
        _clock = new WallClock(() => _wall, _nanos);
    }

    [TestCase(-Hour)]
    [TestCase(Hour)]
    [TestCase(200_000_000)]
    public void JumpIsCountedAndFlaggedAndChangesNothing(long jump)
    {
        Pass(10);
        _wall += jump;
        Pass(50);

        Assert.That(_clock.UnixOffsetNanos, Is.EqualTo(Start));
        Assert.That((_clock.Jumps, _clock.OffNanos), Is.EqualTo((1L, jump)));
    }

    [Test]
    public void ClockThatJumpsAnHourBackAndForthIsWhereItWas()
    {
        _wall -= Hour;
        Pass(3);
        _wall += Hour;
        Pass(3);
        _wall += Hour;
        Pass(3);
        _wall -= Hour;
        Pass(3);

        Assert.That(_clock.UnixOffsetNanos, Is.EqualTo(Start));
        Assert.That((_clock.Jumps, _clock.OffNanos), Is.EqualTo((4L, 0L)));
    }

    [Test]
    public void WhatTheClockSaysAMinuteLaterIsBelieved()
    {
        _wall += Hour;
        Pass(62);

        Assert.That(_clock.UnixOffsetNanos, Is.EqualTo(Start + Hour));
        Assert.That((_clock.Jumps, _clock.OffNanos), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void SmallDifferenceIsFollowedSlowly()
    {
        _wall += 2_000_000;
        Pass(1);
        Assert.That(_clock.UnixOffsetNanos, Is.EqualTo(Start + 500_000));
        Pass(10);

        Assert.That(_clock.UnixOffsetNanos, Is.EqualTo(Start + 2_000_000));
        Assert.That((_clock.Jumps, _clock.OffNanos), Is.EqualTo((0L, 0L)));
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _nanos += Second;
            _clock.Look(_nanos);
        }
    }
}

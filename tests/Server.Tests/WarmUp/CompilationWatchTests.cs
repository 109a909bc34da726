using LowLatencyQuoter.Server.WarmUp;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.WarmUp;

public sealed class CompilationWatchTests
{
    private const int Step = CompilationWatch.QuietMillis;

    [Test]
    public void IsSettledWhenEnoughRoundsAndEnoughTimePassedWithoutAnythingCompiled()
    {
        var watch = Begun();
        watch.IsSettled(2_000, Step);

        Assert.That(Quiet(watch, 2_000, CompilationWatch.QuietRounds - 1, 10 * Step), Is.False, "too few rounds");
        Assert.That(watch.IsSettled(2_000, 10 * Step), Is.True);
    }

    [Test]
    public void ManyRoundsWithinAMomentProveNothing()
    {
        var watch = Begun();
        watch.IsSettled(2_000, Step);

        Assert.That(Quiet(watch, 2_000, 1_000, (2 * Step) - 1), Is.False);
        Assert.That(watch.IsSettled(2_000, 2 * Step), Is.True);
    }

    [Test]
    public void WhatIsCompiledBeginsTheWaitAnew()
    {
        var watch = Begun();
        watch.IsSettled(2_000, 0);
        Quiet(watch, 2_000, CompilationWatch.QuietRounds - 1, Step);

        Assert.That(watch.IsSettled(2_001, Step), Is.False);
        Assert.That(watch.IsBusy, Is.True);
        Assert.That(Quiet(watch, 2_001, CompilationWatch.QuietRounds - 1, 2 * Step), Is.False);
        Assert.That(watch.IsBusy, Is.False);
        Assert.That(watch.IsSettled(2_001, 2 * Step), Is.True);
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void QuietBeforeMethodsWereCompiledAnewIsTheBackgroundBeingLate(bool isTiered, bool expected) =>
        Assert.That(Quiet(Begun(isTiered), 1_000, 10 * CompilationWatch.QuietRounds, 100 * Step), Is.EqualTo(expected));

    [Test]
    public void FewerMethodsCompiledAnewAreEnoughWhenItHasBeenQuietForLong()
    {
        var watch = Begun();
        watch.IsSettled(1_600, Step);

        Assert.That(Quiet(watch, 1_600, 1_000, Step + CompilationWatch.LongQuietMillis - 1), Is.False);
        Assert.That(watch.IsSettled(1_600, Step + CompilationWatch.LongQuietMillis), Is.True);
    }

    /// <summary>A thousand methods were compiled in the first rounds.</summary>
    private static CompilationWatch Begun(bool isTiered = true)
    {
        var watch = new CompilationWatch(0, 0, isTiered);
        for (var round = 0; round < CompilationWatch.FirstRounds; round++)
        {
            watch.IsSettled(1_000, 0);
        }

        return watch;
    }

    private static bool Quiet(CompilationWatch watch, long compiled, int rounds, long millis)
    {
        var settled = false;
        for (var round = 0; round < rounds; round++)
        {
            settled = watch.IsSettled(compiled, millis);
        }

        return settled;
    }
}

using System.Diagnostics;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>What every wait strategy owes the loop that uses it.</summary>
/// <typeparam name="T">The strategy.</typeparam>
[TestFixture(typeof(BusySpinWaitStrategy), false)]
[TestFixture(typeof(YieldingWaitStrategy), false)]
[TestFixture(typeof(BlockingWaitStrategy), true)]
public sealed class WaitStrategyContract<T>(bool sleeps)
    where T : struct, IWaitStrategy
{
    private const int Attempts = 1_000;

    [Test]
    public void OnlyAStrategyThatNeedsASignalAsksToSleep()
    {
        Assert.That(T.NeedsSignal, Is.EqualTo(sleeps));
        Assert.That(FirstSleep(), sleeps ? Is.GreaterThan(0) : Is.EqualTo(-1));
    }

    [Test]
    public void FirstLooksNeverSleep()
    {
        var wait = default(T);

        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.That(wait.Idle(attempt), Is.False);
        }
    }

    [Test]
    public void FindingWorkStartsOver()
    {
        var wait = default(T);
        wait.Idle(int.MaxValue);

        Assert.That(wait.Idle(0), Is.False);
    }

    [Test]
    public void IdlingItselfNeverBlocks()
    {
        var watch = Stopwatch.StartNew();

        FirstSleep();

        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(5));
    }

    private static int FirstSleep()
    {
        var wait = default(T);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (wait.Idle(attempt))
            {
                return attempt;
            }
        }

        return -1;
    }
}

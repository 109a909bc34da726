using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Tuning;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Tuning;

[NonParallelizable]
public sealed class ThreadFactsTests
{
    [TestCase("feed-coinbase_a", "coinbase_advanced:0", true)]
    [TestCase("feed-binance", "binance:0", true)]
    [TestCase("feed-binance+2", "binance:0", true)]
    [TestCase("feed-coinbase+2", "coinbase_advanced:0", true)]
    [TestCase("feed-binance", "", false)]
    public void PinnedThreadsAreReadBackFromTheKernel(string name, string cores, bool isPinned)
    {
        using var end = new ManualResetEventSlim();
        using var began = new ManualResetEventSlim();
        var map = CoreMap.Parse(cores, 1);
        var thread = new Thread(() =>
        {
            if (isPinned)
            {
                CpuAffinity.TryPinCurrentThread(0, out _);
            }

            began.Set();
            end.Wait();
        })
        {
            Name = name,
            IsBackground = true,
        };
        thread.Start();
        began.Wait();

        var fact = ThreadFacts.Read(map).Single(fact => fact.Subject == $"thread {name}");

        end.Set();
        thread.Join();
        Assert.That(fact.Holds, Is.True, fact.InEffect);
        Assert.That(fact.Asked, Is.EqualTo(isPinned ? "core 0" : "any core"));
        Assert.That(fact.InEffect, isPinned ? Does.StartWith("may run on 0, ") : Does.StartWith("may run on "));
        Assert.That(fact.InEffect, Does.Match("(SCHED_[A-Z]+|policy [0-9]+) nice -?[0-9]+$"));
    }

    [Test]
    public void AThreadThatIsNotWhereItWasAskedToBeIsTold()
    {
        using var end = new ManualResetEventSlim();
        var thread = new Thread(end.Wait) { Name = "feed-kraken", IsBackground = true };
        thread.Start();

        var fact = ThreadFacts.Read(CoreMap.Parse("kraken:1000", 1_024))
            .Single(static fact => fact.Subject == "thread feed-kraken");

        end.Set();
        thread.Join();
        Assert.That(fact.Holds, Is.False);
        Assert.That(fact.InEffect, Does.Contain("the kernel refused"));
    }
}

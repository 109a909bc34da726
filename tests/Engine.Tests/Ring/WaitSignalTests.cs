using System.Diagnostics;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

public sealed class WaitSignalTests
{
    private const int LongMillis = 10_000;
    private WaitSignal _signal = null!;

    [SetUp]
    public void MakeSignal() => _signal = new WaitSignal();

    [TearDown]
    public void FreeSignal() => _signal.Dispose();

    [Test]
    public void NotificationBetweenAnnouncementAndSleepIsNotLost()
    {
        _signal.Announce();
        _signal.Notify();

        Assert.That(MillisAsleep(LongMillis), Is.LessThan(LongMillis / 2));
    }

    [Test]
    public void NotificationBeforeTheAnnouncementDoesNotWake()
    {
        _signal.Notify();
        _signal.Announce();

        Assert.That(MillisAsleep(30), Is.GreaterThanOrEqualTo(25), "the last look for work would have found it");
    }

    [Test]
    public void SleepEndsByTimeAndWithdraws()
    {
        _signal.Announce();
        MillisAsleep(10);
        _signal.Notify();

        Assert.That(MillisAsleep(30), Is.GreaterThanOrEqualTo(25), "nobody was announced any more");
    }

    [Test]
    public void NobodyIsWokenAfterWithdrawing()
    {
        _signal.Announce();
        _signal.Withdraw();
        _signal.Notify();

        Assert.That(MillisAsleep(30), Is.GreaterThanOrEqualTo(25));
    }

    [Test]
    public void SeveralNotificationsWakeOnce()
    {
        _signal.Announce();
        _signal.Notify();
        _signal.Notify();

        Assert.That(MillisAsleep(LongMillis), Is.LessThan(LongMillis / 2));
        Assert.That(MillisAsleep(30), Is.GreaterThanOrEqualTo(25));
    }

    /// <summary>
    /// Two threads hand a number to and fro, each sleeping until the other has moved. A lost wake-up costs a whole
    /// sleep of ten seconds, and the join would fail.
    /// </summary>
    [Test]
    [Category(Testing.Categories.Litmus)]
    public void NoWakeUpIsLostBetweenTwoThreads()
    {
        const int Rounds = 5_000;
        using var other = new WaitSignal();
        var turn = 0L;
        var peer = new Thread(() => PlayTurns(ref turn, 1, Rounds, other, _signal)) { IsBackground = true };
        var self = new Thread(() => PlayTurns(ref turn, 0, Rounds, _signal, other)) { IsBackground = true };
        peer.Start();
        self.Start();

        Assert.That(self.Join(8_000) && peer.Join(8_000), Is.True,
            $"a wake-up was lost at turn {Volatile.Read(ref turn)}");
        Assert.That(turn, Is.EqualTo(2 * Rounds));
    }

    private static void PlayTurns(ref long turn, int parity, int rounds, WaitSignal own, WaitSignal others)
    {
        for (var round = 0; round < rounds; round++)
        {
            var mine = (2L * round) + parity;
            while (Volatile.Read(ref turn) != mine)
            {
                own.Announce();
                if (Volatile.Read(ref turn) != mine)
                {
                    own.Sleep(LongMillis);
                }
                else
                {
                    own.Withdraw();
                }
            }

            Volatile.Write(ref turn, mine + 1);
            others.Notify();
        }
    }

    private long MillisAsleep(int millis)
    {
        var watch = Stopwatch.StartNew();
        _signal.Sleep(millis);
        return watch.ElapsedMilliseconds;
    }
}

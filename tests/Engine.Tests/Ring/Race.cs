using System;
using System.Diagnostics;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>
/// Runs bodies on threads of their own against each other, bounded in time, yielding while they wait.
/// </summary>
internal sealed class Race
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(450);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private Exception? _failure;

    /// <summary>False when the producers should come to an end.</summary>
    public bool GoesOn => _watch.Elapsed < Limit && Volatile.Read(ref _failure) is null;

    /// <summary>Runs all bodies to their end; the first failure is rethrown.</summary>
    public static void Run(params Action<Race>[] bodies)
    {
        var race = new Race();
        var threads = Array.ConvertAll(bodies, body => new Thread(() => race.Guard(body)) { IsBackground = true });
        Array.ForEach(threads, static thread => thread.Start());
        foreach (var thread in threads)
        {
            Assert.That(thread.Join(10_000), Is.True, "a thread hangs");
        }

        if (race._failure is { } failure)
        {
            Assert.Fail(failure.Message);
        }
    }

    /// <summary>Waits for a condition; fails the race when it does not come.</summary>
    public void Await(Func<bool> condition)
    {
        var wait = default(YieldingWaitStrategy);
        for (var attempt = 0; !condition(); attempt++)
        {
            wait.Idle(attempt);
            if (Volatile.Read(ref _failure) is not null || _watch.Elapsed > 20 * Limit)
            {
                throw new InvalidOperationException("what was awaited did not come");
            }
        }
    }

    /// <summary>Fails the race unless the condition holds.</summary>
    public static void Demand(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }

    private void Guard(Action<Race> body)
    {
        try
        {
            body(this);
        }
#pragma warning disable CA1031 // the failure is rethrown on the test's thread
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }
    }
}

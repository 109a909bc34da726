using System;
using System.Diagnostics;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Tests.Ring;
using LowLatencyQuoter.Engine.Threading;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Threading;

[NonParallelizable]
public sealed class AgentThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ManualResetEventSlim _failed = new();
    private CountingAgent _agent = null!;
    private WaitSignal _signal = null!;
    private Exception? _fatal;

    [SetUp]
    public void MakeAgent()
    {
        _agent = new CountingAgent();
        _signal = new WaitSignal();
        _fatal = null;
        _failed.Reset();
    }

    [TearDown]
    public void FreeSignal() => _signal.Dispose();

    [TestCase(WaitStrategyKind.Blocking)]
    [TestCase(WaitStrategyKind.Yielding)]
    public void WorkIsDoneOnTheNamedThreadUntilItIsDisposed(WaitStrategyKind wait)
    {
        var thread = Make(wait, -1);
        _agent.Give();
        thread.Start();

        Assert.That(_agent.Worked.Wait(Patience), Is.True);
        Assert.That(_agent.Thread, Is.EqualTo("tested"));

        thread.Dispose();
        var turns = _agent.Turns;
        _agent.Give();
        _signal.Notify();

        Assert.That((_agent.Turns, _agent.Done), Is.EqualTo((turns, 1)), "disposing waits for the thread's end");
        Assert.That(_fatal, Is.Null);
        Assert.That(thread.PinFailure, Is.Null);
    }

    [Test]
    public void SleepingThreadIsWokenForWork()
    {
        using var thread = Make(WaitStrategyKind.Blocking, -1);
        thread.Start();
        Assert.That(SpinWait.SpinUntil(() => thread.AllocatedBytes > 0, Patience), Is.True, "it never went to sleep");
        for (var round = 0; round < 50; round++)
        {
            _agent.Worked.Reset();
            _agent.Give();
            _signal.Notify();

            Assert.That(_agent.Worked.Wait(Patience), Is.True);
        }

        Assert.That(_agent.Done, Is.EqualTo(50));
    }

    [Test]
    public void SleepingThreadStopsAtOnce()
    {
        var thread = Make(WaitStrategyKind.Blocking, -1);
        thread.Start();
        SpinWait.SpinUntil(() => _agent.Turns > 60, Patience);
        var watch = Stopwatch.StartNew();

        thread.Dispose();

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(4)));
    }

    [TestCase(WaitStrategyKind.Blocking)]
    [TestCase(WaitStrategyKind.Yielding)]
    [TestCase(WaitStrategyKind.BusySpin)]
    public void WhatWasPublishedBeforeTheHaltIsConsumed(WaitStrategyKind wait)
    {
        const int Events = 20_000;
        using var ring = new RingBuffer<long>(1 << 15, _signal);
        var sequencer = new SingleProducerSequencer<long>(ring);
        var handler = new RecordingHandler();
        var processor = new EventProcessor<long, RecordingHandler>(
            ring, new SequenceBarrier<long>(ring), handler, maxBatch: 8);
        var thread = new AgentThread("tested", processor, wait, _signal, -1, failure => _fatal = failure);
        thread.Start();
        for (var number = 0; number < Events; number++)
        {
            Assert.That(sequencer.TryNext(1, out var sequence), Is.True);
            ring[sequence] = number;
            sequencer.Publish(sequence);
        }

        thread.Dispose();

        Assert.That(processor.Sequence.Get(), Is.EqualTo(Events - 1));
        Assert.That(handler.Seen, Has.Count.EqualTo(Events));
        Assert.That(_fatal, Is.Null);
    }

    [Test]
    public void AgentWhoseWorkNeverEndsIsHaltedAllTheSame()
    {
        for (var unit = 0; unit < 10; unit++)
        {
            _agent.Give();
        }

        _agent.IsEndless = true;
        var thread = Make(WaitStrategyKind.Yielding, -1);
        thread.Start();
        Assert.That(_agent.Worked.Wait(Patience), Is.True);
        thread.Dispose();
        var turns = _agent.Turns;

        Assert.That(_agent.Turns, Is.EqualTo(turns), "disposing waits for the thread's end");
        Assert.That(_fatal, Is.Null);
    }

    [Test]
    public void ExceptionOfTheAgentIsFatalAndEndsTheThread()
    {
        _agent.Failure = new InvalidOperationException("wrong book");
        using var thread = Make(WaitStrategyKind.Yielding, -1);
        thread.Start();

        Assert.That(_failed.Wait(Patience), Is.True);
        Assert.That(_fatal, Is.SameAs(_agent.Failure));
        Assert.That(_agent.Turns, Is.EqualTo(1), "the agent was called again");
    }

    [Test]
    public void CoreThatDoesNotExistIsReportedAndTheThreadRuns()
    {
        using var thread = Make(WaitStrategyKind.Yielding, 1_000);
        _agent.Give();
        thread.Start();

        Assert.That(_agent.Worked.Wait(Patience), Is.True);
        Assert.That(thread.PinFailure, Does.Contain("core 1000"));
    }

    [Test]
    public void DisposingAThreadThatNeverStartedIsHarmless() =>
        Assert.That(Make(WaitStrategyKind.Blocking, -1).Dispose, Throws.Nothing);

    [Test]
    public void AgentsOfAGroupTakeTurnsInOrder()
    {
        var (first, second) = (new CountingAgent(), new CountingAgent());
        var group = new AgentGroup(first, second);
        first.Give();
        second.Give();
        second.Give();

        Assert.That(group.DoWork(), Is.EqualTo(2));
        Assert.That(group.DoWork(), Is.EqualTo(1));
        Assert.That(group.DoWork(), Is.Zero);
        Assert.That((first.Turns, second.Turns), Is.EqualTo((3, 3)));
    }

    private AgentThread Make(WaitStrategyKind wait, int core) => new("tested", _agent, wait, _signal, core, failure =>
    {
        _fatal = failure;
        _failed.Set();
    });
}

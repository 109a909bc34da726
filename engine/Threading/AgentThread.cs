using System;
using System.Runtime.CompilerServices;
using System.Threading;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Threading;

/// <summary>
/// Runs one agent on a thread of its own until it is disposed. The thread pins itself in its own body. An exception of
/// the agent ends the process through <c>onFatal</c>: a skipped event would leave a wrong book.
/// Threads: any one may start and dispose; <see cref="AllocatedBytes"/> may be read by any.
/// </summary>
public sealed class AgentThread : IDisposable
{
    /// <summary>Longest time that a thread sleeps before it looks around, unless it is told another one.</summary>
    public const int SleepMillisMax = 100;

    private const long DrainNanosMax = 1_000_000_000;
    private readonly IAgent _agent;
    private readonly WaitSignal _signal;
    private readonly Action<Exception> _onFatal;
    private readonly Thread _thread;
    private readonly int _core;
    private readonly int _sleepMillis;
    private long _allocatedBytes;
    private bool _stop;

    /// <summary>Makes the thread; <see cref="Start"/> runs it.</summary>
    /// <param name="name">Role of the thread, at most 15 characters (a limit of Linux).</param>
    /// <param name="agent">What it does.</param>
    /// <param name="wait">How it waits.</param>
    /// <param name="signal">What wakes it when it waits blocking.</param>
    /// <param name="core">The core to pin to, or -1.</param>
    /// <param name="onFatal">Called on the thread with the exception that ended it.</param>
    /// <param name="sleepMillis">
    /// Longest time that it sleeps; an agent that has to tell that it lives asks for less.
    /// </param>
    public AgentThread(
        string name,
        IAgent agent,
        WaitStrategyKind wait,
        WaitSignal signal,
        int core,
        Action<Exception> onFatal,
        int sleepMillis = SleepMillisMax)
    {
        _sleepMillis = sleepMillis;
        _agent = agent;
        _signal = signal;
        _core = core;
        _onFatal = onFatal;
        _thread = new Thread(wait switch
        {
            WaitStrategyKind.BusySpin => Run<BusySpinWaitStrategy>,
            WaitStrategyKind.Yielding => Run<YieldingWaitStrategy>,
            _ => Run<BlockingWaitStrategy>,
        })
        {
            Name = name,
            IsBackground = true,
        };
    }

    /// <summary>The thread's role.</summary>
    public string Name => _thread.Name!;

    /// <summary>Bytes the thread has allocated since it began, refreshed when it idles.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    /// <summary>Why the thread could not be pinned, or null.</summary>
    public string? PinFailure { get; private set; }

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>
    /// Stops in order: the agent first does all there is to do, so that what was published before is consumed. Stop its
    /// producers before it; if they go on, it is stopped after a second. Waits for the thread, at most five seconds.
    /// </summary>
    public void Dispose()
    {
        Volatile.Write(ref _stop, true);
        _signal.Notify();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
        {
            _thread.Join(5_000);
        }
    }

    private void Run<TWait>()
        where TWait : struct, IWaitStrategy
    {
        try
        {
            PinFailure = _core < 0 || CpuAffinity.TryPinCurrentThread(_core, out var reason) ? null : reason;
            Loop<TWait>();
            Drain();
        }
#pragma warning disable CA1031 // not swallowed: the process ends through onFatal
        catch (Exception e)
#pragma warning restore CA1031
        {
            _onFatal(e);
        }
    }

    /// <summary>
    /// Entered once and never left: without the attribute it would be compiled anew under way, in the midst of traffic.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Loop<TWait>()
        where TWait : struct, IWaitStrategy
    {
        var wait = default(TWait);
        var attempt = 0;
        while (!Volatile.Read(ref _stop))
        {
            if (_agent.DoWork() != 0)
            {
                attempt = 0;
            }
            else if (wait.Idle(attempt++))
            {
                Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
                SleepUnlessThereIsWork();
                attempt = 0;
            }
            else if ((attempt & 0xFFFF) == 0)
            {
                Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
            }
        }
    }

    private void Drain()
    {
        var end = MonotonicClock.Nanos() + DrainNanosMax;
        while (_agent.DoWork() != 0 && MonotonicClock.Nanos() < end)
        {
        }
    }

    private void SleepUnlessThereIsWork()
    {
        _signal.Announce();
        if (_agent.DoWork() != 0)
        {
            _signal.Withdraw();
        }
        else
        {
            _signal.Sleep(_sleepMillis);
        }
    }
}

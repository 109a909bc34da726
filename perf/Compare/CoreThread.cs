using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>
/// A thread that pins itself to a core before its body runs. The main thread is never pinned: its children would
/// inherit the mask.
/// </summary>
internal sealed class CoreThread
{
    /// <summary>Where producers, senders and writers run.</summary>
    public const int Producer = 0;

    /// <summary>Where consumers run, and what needs one thread only.</summary>
    public const int Consumer = 1;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    private CoreThread(string name, int core, Action body)
    {
        _thread = new Thread(() =>
        {
            try
            {
                CpuAffinity.TryPinCurrentThread(core % Environment.ProcessorCount, out _);
                body();
            }
#pragma warning disable CA1031 // thrown again by Join, on the thread that waits
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            Name = name,
            IsBackground = true,
        };
        _thread.Start();
    }

    /// <summary>Starts a thread.</summary>
    public static CoreThread Start(string name, int core, Action body) => new(name, core, body);

    /// <summary>Runs the body on a thread of its own and waits for what it returns.</summary>
    public static T Run<T>(int core, Func<T> body)
    {
        var result = default(T);
        new CoreThread("measured", core, () => result = body()).Join();
        return result!;
    }

    /// <summary>Waits for the end and throws what the body threw.</summary>
    public void Join()
    {
        if (!_thread.Join(Limit))
        {
            throw new ComparisonException($"the thread '{_thread.Name}' did not end within {Limit.TotalSeconds} s");
        }

        _failure?.Throw();
    }
}

using System;
using System.Threading;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Engine.Tests.Threading;

/// <summary>Does one unit of work for each one it was given, and counts its turns.</summary>
internal sealed class CountingAgent : IAgent
{
    private int _toDo;
    private int _done;
    private int _turns;

    public int Done => Volatile.Read(ref _done);

    public int Turns => Volatile.Read(ref _turns);

    public Exception? Failure { get; set; }

    public bool IsEndless { get; set; }

    public string? Thread { get; private set; }

    public ManualResetEventSlim Worked { get; } = new();

    public void Give() => Interlocked.Increment(ref _toDo);

    public int DoWork()
    {
        Thread = System.Threading.Thread.CurrentThread.Name;
        Interlocked.Increment(ref _turns);
        if (Failure is not null)
        {
            throw Failure;
        }

        if (Volatile.Read(ref _toDo) == 0)
        {
            return 0;
        }

        Interlocked.Add(ref _toDo, IsEndless ? 0 : -1);
        Interlocked.Increment(ref _done);
        Worked.Set();
        return 1;
    }
}

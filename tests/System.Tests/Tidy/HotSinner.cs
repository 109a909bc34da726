using System;
using System.Collections.Generic;
using System.Threading;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>Commits every sin of the hot path once, and does what looks like one and is allowed.</summary>
[HotPath]
internal sealed class HotSinner : IDisposable
{
    private readonly Lock _lock = new();
    private readonly object _monitor = new();
    private readonly List<int> _made = new(4);

    public static object Box(int value) => value;

    public static int[] MakeArray(int length) => new int[length];

    public static object MakeObject() => new();

    public static Func<int, int> MakeDelegate() => Negate;

    public static int CallInterface(IComparable<int> comparable) => comparable.CompareTo(1);

    public static string? CallVirtual(object any) => any.ToString();

    public static int CallConstrained<T>(T comparable)
        where T : struct, IComparable<int> => comparable.CompareTo(1);

    public static DateTime MakeStruct() => new(1);

    public static int Throw(int value) => value == 0 ? throw new InvalidOperationException("zero") : value;

    public int CallSealed() => _made.Count;

    public void EnterLock() => _lock.Enter();

    public void EnterMonitor() => Monitor.Enter(_monitor);

    public void Dispose() => _made.AddRange(new int[1]);

    private static int Negate(int value) => -value;
}

using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// A counter that one thread advances and others read, alone on its cache lines (64 bytes before and after, because
/// the hardware prefetches lines in pairs).
/// Invariant: it never goes back. Threads: one writer; any number of readers. The release in <see cref="Set"/> pairs
/// with the acquire in <see cref="Get"/>: who sees the number sees everything written before it.
/// </summary>
[HotPath]
public sealed class Sequence
{
    /// <summary>The value before anything was published or consumed.</summary>
    public const long Initial = -1;

    private PaddedLong _value;

    /// <summary>Starts at <see cref="Initial"/>.</summary>
    public Sequence() => _value.Value = Initial;

    /// <summary>Reads with acquire.</summary>
    public long Get() => Volatile.Read(ref _value.Value);

    /// <summary>Writes with release.</summary>
    public void Set(long value) => Volatile.Write(ref _value.Value, value);

    /// <summary>Adds atomically and returns the new value; only for the claim counter of several producers.</summary>
    internal long Add(long count) => Interlocked.Add(ref _value.Value, count);

    /// <summary>Takes the place of <paramref name="expected"/> atomically; false if another was faster.</summary>
    internal bool TryAdvance(long expected, long value) =>
        Interlocked.CompareExchange(ref _value.Value, value, expected) == expected;
}


using System;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Garbage collections so far, or in a window; one of a generation counts for the younger ones too.</summary>
internal readonly record struct GcCounts(int Gen0, int Gen1, int Gen2)
{
    /// <summary>Those of this process so far.</summary>
    public static GcCounts Now => new(GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));

    /// <summary>Collects what there is, so that a window begins with a clean heap.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    /// <summary>Those since then.</summary>
    public GcCounts Since(GcCounts earlier) => new(Gen0 - earlier.Gen0, Gen1 - earlier.Gen1, Gen2 - earlier.Gen2);

    /// <summary>Those of two windows.</summary>
    public GcCounts Plus(GcCounts other) => new(Gen0 + other.Gen0, Gen1 + other.Gen1, Gen2 + other.Gen2);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Gen0}/{Gen1}/{Gen2}");
}

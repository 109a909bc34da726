using System;
using NUnit.Framework;

namespace LowLatencyQuoter.Testing;

/// <summary>Asserts that the current thread allocates nothing between <see cref="Begin"/> and disposal.</summary>
public readonly ref struct NoAllocation
{
    private readonly long _before;

    private NoAllocation(long before) => _before = before;

    /// <summary>
    /// Starts measuring. Warm the measured code up first: its first calls may box and run static constructors.
    /// </summary>
    public static NoAllocation Begin() => new(GC.GetAllocatedBytesForCurrentThread());

    /// <summary>Ends measuring and asserts.</summary>
    public void Dispose()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _before;   // read before anything formats
        Assert.That(allocated, Is.Zero, "bytes allocated on the measured path");
    }
}

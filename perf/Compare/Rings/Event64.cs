using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>An event of 64 bytes, all of which are written and the ends of which are read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Event64
{
    public long First;
    public long Second;
    public long Third;
    public long Fourth;
    public long Fifth;
    public long Sixth;
    public long Seventh;
    public long Last;

    /// <summary>Writes the whole event, a vector at a time as the processor allows.</summary>
    public void Fill(long value)
    {
        var whole = Vector512.Create(value);
        Vector512.StoreUnsafe(whole, ref First);
    }
}

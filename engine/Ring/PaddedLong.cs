using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// A 64-bit integer with 64 untouched bytes on either side, wherever the runtime lays its holder: nothing that another
/// thread writes can share its cache line.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal struct PaddedLong
{
    [FieldOffset(64)]
    public long Value;
}

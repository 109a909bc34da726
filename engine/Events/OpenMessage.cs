using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Events;

/// <summary>
/// Where a lane's producer stands in the message it fills, with 64 untouched bytes on either side: the consumer reads
/// the lane's references for each event, and must not wait for the line that the producer writes.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal unsafe struct OpenMessage
{
    /// <summary>Sequence of the message's first slot.</summary>
    [FieldOffset(64)]
    public long First;

    /// <summary>Sequence of the slot being filled.</summary>
    [FieldOffset(72)]
    public long Last;

    /// <summary>That slot.</summary>
    [FieldOffset(80)]
    public DepthEvent* Slot;

    /// <summary>True between begin and commit.</summary>
    [FieldOffset(88)]
    public bool IsOpen;
}

using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Engine.Metrics;

/// <summary>
/// What an interval recorder's reporter writes, with 64 untouched bytes on either side: the writer reads the first of
/// them for each record.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal struct SwappedHistograms
{
    /// <summary>Where the writer records.</summary>
    [FieldOffset(64)]
    public Histogram Active;

    /// <summary>The reporter's.</summary>
    [FieldOffset(72)]
    public Histogram Inactive;

    /// <summary>1 while a reporter is taking an interval.</summary>
    [FieldOffset(80)]
    public int Reporters;
}

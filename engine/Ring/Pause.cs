using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// One look's worth of waiting. The processor's own hint (about 10 to 50 ns on x64) rather than
/// <see cref="Thread.SpinWait"/>, which measures the hint at start and repeats it until some 37 ns have passed, behind
/// a call: half of a round trip between two cores.
/// </summary>
[HotPath]
internal static class Pause
{
    /// <summary>Tells the core that this thread spins.</summary>
    public static void Once()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }

    /// <summary>
    /// Offers the core to whoever else is ready. Never inlined: the frame of a call into the system would stand in the
    /// loop that waits, and slow down every event of it by half.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Yield() => Thread.Yield();
}

using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// A template for each length that rows had so far, and which one was right the last time. Threads: one reader's.
/// </summary>
[Engine.HotPath]
internal sealed class RowTemplates
{
    private readonly RowTemplate[] _byLength = new RowTemplate[RowTemplate.Longest + 1];
    private int _last;

    /// <summary>The one that was right the last time.</summary>
    public ref RowTemplate Last => ref _byLength[_last];

    /// <summary>Takes the one for rows of a length; false when that is the one there was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySwitch(int length)
    {
        if ((uint)length > RowTemplate.Longest || length == _last)
        {
            return false;
        }

        _last = length;
        return true;
    }

    /// <summary>A row was measured.</summary>
    public void Learn(ref byte row, int length, in RowLayout layout)
    {
        if (length <= RowTemplate.Longest)
        {
            _last = length;
            _byLength[length].Learn(ref row, length, in layout);
        }
    }
}

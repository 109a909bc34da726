using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Shm;

/// <summary>One venue's book as a quote rests on it; 16 bytes of the file.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SharedVenue
{
    /// <summary>
    /// When the last message for the book was received, on the machine's monotonic clock; 0 before the first. The
    /// venue's age in the quote is the quote's time of publication less this.
    /// </summary>
    public long ReceivedNanos;

    /// <summary>Number of the venue in the file's list of venues.</summary>
    public ushort Venue;

    /// <summary>
    /// State of its book: 3 is live, and only live books are quoted; see the document for the others.
    /// </summary>
    public byte State;

    private readonly byte _spare;
    private readonly int _reserved;
}

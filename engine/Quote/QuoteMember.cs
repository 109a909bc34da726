using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>One venue's book as a quote rests on it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct QuoteMember
{
    /// <summary>When the last message for the book was received, on the engine's clock; 0 before the first.</summary>
    public long ReceivedNanos;

    /// <summary>Index of the book.</summary>
    public int Book;

    /// <summary>Its state when the quote was built.</summary>
    public BookState State;
}

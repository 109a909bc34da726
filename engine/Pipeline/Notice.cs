using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Something of a book that an operator wants to read in the log, as a value: hot threads do not log.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct Notice
{
    /// <summary>When, on the engine's clock.</summary>
    public long Nanos;

    /// <summary>Index of the book.</summary>
    public int Book;

    /// <summary>The book's state from now on.</summary>
    public BookState State;

    /// <summary>Its state until now.</summary>
    public BookState Before;

    /// <summary>Why.</summary>
    public FaultCode Fault;

    /// <summary>What was expected, where that is a number: the next update id, or the book's checksum.</summary>
    public long Expected;

    /// <summary>What came.</summary>
    public long Received;

    /// <summary>Of <see cref="FaultCode.AuditDiffers"/> in a live book: the level that differs.</summary>
    public BookDifference Difference;
}

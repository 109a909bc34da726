using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>What became of a frame.</summary>
public readonly struct FrameOutcome
{
    /// <summary>Stands for every book of the connection.</summary>
    public const int AllBooks = -1;

    private FrameOutcome(FrameKind kind, FaultCode fault, int book)
    {
        Kind = kind;
        Fault = fault;
        Book = book;
    }

    /// <summary>What it was.</summary>
    public FrameKind Kind { get; }

    /// <summary>With <see cref="FrameKind.Failed"/>: why.</summary>
    public FaultCode Fault { get; }

    /// <summary>The book it concerns, or <see cref="AllBooks"/> when it names none.</summary>
    public int Book { get; }

    /// <summary>A frame of a kind that concerns one book or all.</summary>
    public static FrameOutcome Of(FrameKind kind, int book = AllBooks) => new(kind, FaultCode.None, book);

    /// <summary>A frame that cannot be used.</summary>
    public static FrameOutcome Failed(FaultCode fault, int book = AllBooks) => new(FrameKind.Failed, fault, book);
}

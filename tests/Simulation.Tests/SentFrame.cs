namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>A frame or a body as the venue sent it, and which of its books that shows.</summary>
internal sealed class SentFrame
{
    public required byte[] Bytes { get; init; }

    /// <summary>The book it is about; -1 when it carries no levels.</summary>
    public int Book { get; init; } = -1;

    /// <summary>The market's step it was sent in.</summary>
    public long Step { get; init; }

    /// <summary>The earliest state of the book that it may show: whole books are those published last.</summary>
    public int Earliest { get; init; }

    /// <summary>The latest.</summary>
    public int Latest { get; init; }

    /// <summary>False when the step's changes go on in the next frame.</summary>
    public bool EndsStep { get; set; } = true;

    /// <summary>False for what a client may fail to understand, and for what it need not take.</summary>
    public bool IsBinding { get; init; } = true;

    /// <summary>Whether it is a REST body.</summary>
    public bool IsBody { get; init; }

    /// <summary>All of the book, where somebody wanted to know it.</summary>
    public BookTop? Whole { get; init; }

    /// <summary>The step of a frame that the network lost before this one; 0: none.</summary>
    public long FollowsLost { get; set; }

    /// <summary>Whether the network broke it so that nobody can read it.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The same, damaged.</summary>
    public SentFrame Broken(byte[] bytes, bool truncated) => new()
    {
        Bytes = bytes,
        Book = truncated ? -1 : Book,
        Step = Step,
        Earliest = Earliest,
        Latest = Latest,
        IsBinding = false,
        IsBody = IsBody,
        IsTruncated = truncated,
    };
}

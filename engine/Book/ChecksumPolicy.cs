namespace LowLatencyQuoter.Engine.Book;

/// <summary>What a wrong checksum means.</summary>
public enum ChecksumPolicy : byte
{
    /// <summary>The book is wrong: it leaves the quote and is resynced.</summary>
    Enforce = 0,

    /// <summary>Counted, nothing else.</summary>
    Advisory = 1,

    /// <summary>Not computed.</summary>
    Off = 2,
}

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// A place in one side of a book, between two levels. Made by <see cref="IBookSide{TSide}.First"/>, moved by
/// <see cref="IBookSide{TSide}.TryNext"/>; any change of the side makes it worthless. What its numbers say is up to the
/// structure that made it; below is what they say to the ladder.
/// </summary>
[HotPath]
public struct LevelCursor
{
    /// <summary>Slots of the current word of the ladder that are still to come.</summary>
    internal ulong Bits;

    /// <summary>The current word of the ladder; -1 before it, the count of words behind it.</summary>
    internal int Word;

    /// <summary>Block outside of the ladder that holds the next level; -1: none is left there.</summary>
    internal int Block;

    /// <summary>Place of the next level in that block.</summary>
    internal int Index;
}

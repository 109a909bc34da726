namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>Which structure keeps the levels of the books. All of them give the same books and quotes.</summary>
public enum BookStructure
{
    /// <summary>A ladder of ticks around the touch and sorted levels beyond it: made for the hot path.</summary>
    Ladder,

    /// <summary>The framework's sorted list: slow, allocates, and is obviously right.</summary>
    Reference,
}

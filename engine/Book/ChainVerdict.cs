namespace LowLatencyQuoter.Engine.Book;

/// <summary>What a chain rule says of an update.</summary>
public enum ChainVerdict
{
    /// <summary>It is the next one.</summary>
    Apply,

    /// <summary>It is taken as the next one; the book has no id from which that could be told.</summary>
    ApplyUnproven,

    /// <summary>It is contained in what was applied already.</summary>
    Ignore,

    /// <summary>One or more updates before it are missing.</summary>
    Gap,
}

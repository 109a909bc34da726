namespace LowLatencyQuoter.Wire.Text;

/// <summary>Why a text is not the JSON that was asked for.</summary>
public enum JsonFault : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The text ends too early.</summary>
    Truncated,

    /// <summary>A character stands where the grammar does not allow it.</summary>
    Malformed,

    /// <summary>It is JSON, but another kind of value was expected here.</summary>
    UnexpectedKind,

    /// <summary>Containers are nested deeper than the bound.</summary>
    TooDeep,
}

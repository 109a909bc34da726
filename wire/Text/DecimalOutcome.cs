namespace LowLatencyQuoter.Wire.Text;

/// <summary>What became of a decimal text.</summary>
public enum DecimalOutcome : byte
{
    /// <summary>The result is exact.</summary>
    Exact = 0,

    /// <summary>The text has digits finer than the scale that was asked for.</summary>
    NeedsFinerScale,

    /// <summary>The value does not fit 64 bits, or has more digits than any scale can hold.</summary>
    OutOfRange,

    /// <summary>The text is not a decimal number.</summary>
    Malformed,
}

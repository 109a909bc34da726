namespace LowLatencyQuoter.Feeds.Samples;

/// <summary>One thing that a venue sends.</summary>
/// <param name="IsRestSnapshot">True for the body of a REST snapshot, false for a frame of the socket.</param>
/// <param name="Bytes">UTF-8, unless it is binary.</param>
public readonly record struct SampleStep(bool IsRestSnapshot, byte[] Bytes)
{
    /// <summary>True for a frame that is no text.</summary>
    public bool IsBinary { get; init; }
}

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>How one venue's books look and move.</summary>
/// <param name="LevelsPerSide">Levels the flow keeps on each side.</param>
/// <param name="HalfSpreadBps">Least distance of a level from the common mid, in hundredths of a percent.</param>
/// <param name="SpacingBps">Mean gap between neighboring levels near the touch, in the same unit.</param>
/// <param name="ChangesPerSecond">Level changes of the busiest instrument.</param>
internal sealed record FlowProfile(
    int LevelsPerSide, double HalfSpreadBps, double SpacingBps, double ChangesPerSecond);

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>One change of a simulated book: the level at a price now has this size.</summary>
/// <param name="Side">Which side.</param>
/// <param name="Ticks">Price in the listing's ticks.</param>
/// <param name="Lots">Size in the listing's lots; 0 when the level is gone.</param>
internal readonly record struct LevelChange(Side Side, long Ticks, long Lots);

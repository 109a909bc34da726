using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Samples;

/// <summary>One level of a made-up update.</summary>
/// <param name="Side">Bids or asks.</param>
/// <param name="Price">On the book's price scale.</param>
/// <param name="Quantity">On the book's quantity scale; 0 deletes.</param>
public readonly record struct SampleChange(Side Side, long Price, long Quantity);

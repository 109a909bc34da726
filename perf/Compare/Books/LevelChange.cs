namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>One changed level: quantity 0 deletes.</summary>
/// <param name="Price">Ticks.</param>
/// <param name="Quantity">Lots.</param>
internal readonly record struct LevelChange(long Price, long Quantity);

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>What a <see cref="Transfer"/> took.</summary>
/// <param name="Seconds">From the first producer's start to the consumer's end.</param>
/// <param name="AllocatedBytes">On all threads together.</param>
internal readonly record struct TransferTime(double Seconds, long AllocatedBytes);

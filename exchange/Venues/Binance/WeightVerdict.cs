using System;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>What the weight account says to one request.</summary>
/// <param name="Status">200, 429 or 418.</param>
/// <param name="Used">Weight used in this minute.</param>
/// <param name="RetryAfter">How long to stay away; zero with 200.</param>
/// <param name="Until">When that ends.</param>
internal readonly record struct WeightVerdict(int Status, int Used, TimeSpan RetryAfter, DateTimeOffset Until);

using System;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>How much of a venue's REST interface an address may use.</summary>
/// <param name="Weight">Weight of the requests of one window; where a venue counts requests, each weighs 1.</param>
/// <param name="Window">Length of the window.</param>
public readonly record struct RestLimit(int Weight, TimeSpan Window);

using System;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>What a venue grants before one connection. Not to be used for a second one.</summary>
/// <param name="Socket">The address to connect to; may hold a token, so that its query is not logged.</param>
/// <param name="KeepAliveEvery">How often the venue wants to hear a sign of life on this connection.</param>
public sealed record Admission(Uri Socket, TimeSpan KeepAliveEvery);

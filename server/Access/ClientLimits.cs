namespace LowLatencyQuoter.Server.Access;

/// <summary>What one client may have at a time.</summary>
/// <param name="Streams">Calls.</param>
/// <param name="Symbols">Instruments of all its calls together.</param>
/// <param name="CallsPerSecond">Calls begun a second; as many may begin at once.</param>
internal sealed record ClientLimits(int Streams, int Symbols, int CallsPerSecond);

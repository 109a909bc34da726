namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>A level of a venue's own book.</summary>
internal readonly record struct Rung(long Ticks, long Lots);

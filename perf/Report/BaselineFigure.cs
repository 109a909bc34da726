namespace LowLatencyQuoter.Perf.Report;

/// <summary>A figure that a baseline keeps.</summary>
/// <param name="Name">What it is of; the same in every run.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
internal readonly record struct BaselineFigure(string Name, double Value, string Unit);

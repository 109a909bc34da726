using System;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The two sides of a comparison give different results, or one of them cannot run.</summary>
internal sealed class ComparisonException(string message) : Exception(message);

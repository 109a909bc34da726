using System;
using System.Linq;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>How often what went wrong.</summary>
internal sealed class FaultTally
{
    private readonly long[] _counts = new long[Enum.GetValues<FaultKind>().Length];

    public long this[FaultKind kind] => _counts[(int)kind];

    public void Add(FaultKind kind) => _counts[(int)kind]++;

    public void Add(FaultTally other)
    {
        for (var kind = 0; kind < _counts.Length; kind++)
        {
            _counts[kind] += other._counts[kind];
        }
    }

    public override string ToString() =>
        string.Join(", ", Enum.GetValues<FaultKind>().Select(kind => $"{kind} {this[kind]}"));
}

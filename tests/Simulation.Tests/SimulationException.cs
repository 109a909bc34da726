using System;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>A simulated day went wrong.</summary>
internal sealed class SimulationException : Exception
{
    public SimulationException(string message)
        : base(message)
    {
    }
}

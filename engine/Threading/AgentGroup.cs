using System.Collections.Generic;

namespace LowLatencyQuoter.Engine.Threading;

/// <summary>Several agents that take turns on one thread.</summary>
public sealed class AgentGroup : IAgent
{
    private readonly IAgent[] _agents;

    /// <summary>The agents in the order of their turns.</summary>
    public AgentGroup(params IReadOnlyList<IAgent> agents) => _agents = [.. agents];

    /// <inheritdoc/>
    public int DoWork()
    {
        var work = 0;
        foreach (var agent in _agents)
        {
            work += agent.DoWork();
        }

        return work;
    }
}

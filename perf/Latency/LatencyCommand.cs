using System.CommandLine;
using LowLatencyQuoter.Perf.Latency.Sockets;
using LowLatencyQuoter.Perf.Latency.Starts;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary><c>latency</c>: the open-loop measurements.</summary>
internal static class LatencyCommand
{
    /// <summary>The command with its measurements.</summary>
    public static Command Make() => new(
        "latency", "Latency by stage and offered rate; counts from when each message was due.")
    {
        TickToQuoteCommand.Make(),
        WireToClientCommand.Make(),
        StartCommand.Make(),
    };
}

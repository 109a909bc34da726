using System;
using System.CommandLine;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>The options that set the way from socket to client up.</summary>
internal sealed class WireFlags
{
    private const int OtherSpinners = 2;   // sender and client want a core as well
    private readonly Option<int> _venues = Flag.Of(
        "--venues", "venues, each with a connection and a reader thread, 1 to 10", 1);
    private readonly Option<string> _wait = Flag.Of(
        "--wait", "how engine and publisher wait: busy-spin, yielding or blocking", "blocking");
    private readonly Option<bool> _polling = Flag.Switch(
        "--polling", "readers ask their sockets without sleeping; a core each");
    private readonly Option<bool> _tls = Flag.Switch("--tls", "venues are reached by wss and https");
    private readonly Option<string?> _cores = new("--cores")
    {
        Description = "engine:1,publisher:2 (default: not pinned)",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) =>
        Flag.Add(command, _venues, _wait, _polling, _tls, _cores);

    /// <summary>What was asked for.</summary>
    /// <exception cref="PerfException">
    /// A value is out of its range, or more threads would spin than there are cores.
    /// </exception>
    public WireOptions Read(ParseResult parsed)
    {
        var options = new WireOptions
        {
            Venues = Flag.Within("--venues", parsed.GetValue(_venues), 1, DiffTape.VenuesMax),
            Wait = ThreadText.ParseWait(parsed.GetValue(_wait)!),
            Receive = parsed.GetValue(_polling) ? ReceiveMode.Polling : ReceiveMode.Blocking,
            IsSecure = parsed.GetValue(_tls),
            Cores = ThreadText.ParseCores(parsed.GetValue(_cores) ?? "none", "engine", "publisher"),
        };
        var spinners = (options.Wait == WaitStrategyKind.BusySpin ? 2 : 0)
            + (options.Receive == ReceiveMode.Polling ? options.Venues : 0);
        return spinners == 0 || spinners + OtherSpinners <= Environment.ProcessorCount
            ? options
            : throw new PerfException(
                $"{spinners} spinning threads beside sender and client need {spinners + OtherSpinners} cores, there "
                + $"are {Environment.ProcessorCount}: choose --wait blocking or yielding, without --polling");
    }
}

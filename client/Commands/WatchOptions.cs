using System;
using LowLatencyQuoter.Client.Quotes;

namespace LowLatencyQuoter.Client.Commands;

/// <summary>What <c>watch</c> was asked to do.</summary>
/// <param name="Server">Where the quotes come from.</param>
/// <param name="Symbol">The instrument, <c>BASE/QUOTE</c>; null: the server's default.</param>
/// <param name="Format">How they are shown.</param>
/// <param name="Count">Ends after this many quotes, at least 1; null: never.</param>
/// <param name="Timeout">Limit of the whole run, reconnects included; null: none.</param>
/// <param name="Reconnect">Keeps trying after a loss that may heal.</param>
internal sealed record WatchOptions(
    ServerAddress Server, string? Symbol, WatchFormat Format, long? Count, TimeSpan? Timeout, bool Reconnect)
{
    /// <summary>The HTTP port of a server that was not told otherwise.</summary>
    public const int DefaultHttpPort = 8080;

    /// <summary>The server's HTTP port, for the panes beside the ladder.</summary>
    public int HttpPort { get; init; } = DefaultHttpPort;
}

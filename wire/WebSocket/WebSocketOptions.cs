using System;
using System.Collections.Generic;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using LowLatencyQuoter.Wire.WebSocket.Frames;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>Everything a <see cref="WebSocketConnection"/> is opened with.</summary>
public sealed record WebSocketOptions
{
    /// <summary>
    /// ws:// or wss:// with host, port (80 and 443 where absent), path and query. wss always verifies name and chain.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>
    /// Further headers of the upgrade request in the order given, for instance X-MBX-APIKEY or User-Agent. Those that
    /// the upgrade itself sets (Upgrade, Connection, Sec-WebSocket-*, Content-Length, Transfer-Encoding) are refused; a
    /// Host given here replaces the one made from the endpoint.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Caps on what the peer may send.</summary>
    public WebSocketLimits Limits { get; init; } = new();

    /// <summary>
    /// Compression that is offered to the server; null, the default, for none. A compressed message costs the reading
    /// thread microseconds before it can be decoded: worth it where the line is slower than that, never within a data
    /// center.
    /// </summary>
    public DeflateOptions? Deflate { get; init; }

    /// <summary>How certificates are verified where the endpoint is wss://.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>How the thread waits for bytes. Default <see cref="Transport.ReceiveMode.Blocking"/>.</summary>
    public ReceiveMode ReceiveMode { get; init; }

    /// <inheritdoc cref="StreamSocketOptions.IdleInterval"/>
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc cref="StreamSocketOptions.PollsPerIdle"/>
    public int PollsPerIdle { get; init; } = 1024;

    /// <inheritdoc cref="StreamSocketOptions.ConnectLimit"/>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Limit for the whole answer to the upgrade request, however slowly it drips. Default 5 s.</summary>
    public TimeSpan UpgradeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="StreamSocketOptions.SendLimit"/>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Limit for <see cref="WebSocketConnection.Close"/>: the peer's close frame and the end of its stream. Default 1
    /// s.
    /// </summary>
    public TimeSpan CloseLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where masking keys come from; null for the system's cryptographic generator.</summary>
    public IMaskKeySource? MaskKeys { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/>, naming the option, where a value cannot work.</summary>
    public void Validate()
    {
        Require(
            Endpoint.IsAbsoluteUri && Endpoint.Scheme is "ws" or "wss", nameof(Endpoint), "has to be ws:// or wss://");
        Require(Endpoint.UserInfo.Length == 0, nameof(Endpoint), "must not hold a user or password; use Headers");
        Require(Endpoint.Fragment.Length == 0, nameof(Endpoint), "must not have a #fragment");
        Require(UpgradeLimit > TimeSpan.Zero, nameof(UpgradeLimit), "has to be positive");
        Require(CloseLimit > TimeSpan.Zero, nameof(CloseLimit), "has to be positive");
        Limits.Validate();
        Deflate?.Validate();
        ToSocketOptions().Validate();
    }

    internal StreamSocketOptions ToSocketOptions() => new()
    {
        Host = Endpoint.IdnHost.Trim('[', ']'),
        Port = Endpoint.Port,
        Tls = Endpoint.Scheme == "wss" ? Tls : null,
        ConnectLimit = ConnectLimit,
        SendLimit = SendLimit,
        ReceiveMode = ReceiveMode,
        IdleInterval = IdleInterval,
        PollsPerIdle = PollsPerIdle,
    };

    private static void Require(bool holds, string option, string complaint)
    {
        if (!holds)
        {
            throw new ArgumentException($"option {option} {complaint}", option);
        }
    }
}

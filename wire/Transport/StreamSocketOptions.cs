using System;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>Where a <see cref="StreamSocket"/> connects to, how it waits, and how long.</summary>
public sealed record StreamSocketOptions
{
    /// <summary>Host name, or an address as text. The name is resolved anew for every connection.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>TLS, verified; null for a plain connection.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Limit for name resolution, TCP and TLS together. Default 5 s.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the peer may leave our bytes in the kernel's buffer before the connection is given up. Default 5 s.
    /// </summary>
    public TimeSpan SendLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How the thread waits for bytes. Default <see cref="Transport.ReceiveMode.Blocking"/>.</summary>
    public ReceiveMode ReceiveMode { get; init; }

    /// <summary>
    /// In blocking mode, the wait after which <see cref="IReceiveIdle.OnIdle"/> is called. Default 20 ms.
    /// </summary>
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>In polling mode, the empty polls after which <see cref="IReceiveIdle.OnIdle"/> is called. Default
    /// 1,024, which is about half a millisecond.</summary>
    public int PollsPerIdle { get; init; } = 1024;

    /// <summary>Throws <see cref="ArgumentException"/>, naming the option, where a value cannot work.</summary>
    public void Validate()
    {
        Require(Host.Length is >= 1 and <= 255, nameof(Host), $"has {Host.Length} characters; expected 1 to 255");
        Require(Port is >= 1 and <= 65535, nameof(Port), $"is {Port}; expected 1 to 65535");
        Require(ConnectLimit > TimeSpan.Zero, nameof(ConnectLimit), "has to be positive");
        Require(SendLimit > TimeSpan.Zero, nameof(SendLimit), "has to be positive");
        Require(IdleInterval >= TimeSpan.FromMilliseconds(1), nameof(IdleInterval), "has to be 1 ms or more");
        Require(PollsPerIdle >= 1, nameof(PollsPerIdle), "has to be 1 or more");
    }

    private static void Require(bool holds, string option, string complaint)
    {
        if (!holds)
        {
            throw new ArgumentException($"option {option} {complaint}", option);
        }
    }
}

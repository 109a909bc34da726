using System;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>How one venue treats its websockets.</summary>
internal sealed record SocketRules
{
    /// <summary>The largest message a client may send, in bytes; a larger one closes with 1009.</summary>
    public int MessageBytesMax { get; init; } = 65_536;

    /// <summary>The server pings this often; zero for never.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.Zero;

    /// <summary>Counts attempts to connect by address and refuses those over its limit (429); null: none.</summary>
    public RequestBudget? Connections { get; init; }

    /// <summary>A request without this header is refused (401); empty: none is asked for.</summary>
    public string RequiredHeader { get; init; } = "";

    /// <summary>
    /// Whether what does not begin with a brace leaves in binary frames; otherwise every frame is a text frame.
    /// </summary>
    public bool HasBinaryFrames { get; init; }

    /// <summary>A ping that stays unanswered this long cuts the socket.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromMinutes(1);
}

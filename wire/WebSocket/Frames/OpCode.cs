namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>
/// What a frame is: RFC 6455 section 5.2. 3 to 7 and 11 to 15 are reserved; values from 8 on are control frames.
/// </summary>
public enum OpCode : byte
{
    /// <summary>A further fragment of the message under way.</summary>
    Continuation = 0x0,

    /// <summary>UTF-8 text, whole or its first fragment.</summary>
    Text = 0x1,

    /// <summary>Bytes, whole or their first fragment.</summary>
    Binary = 0x2,

    /// <summary>The closing handshake.</summary>
    Close = 0x8,

    /// <summary>Asks for a pong with the same payload.</summary>
    Ping = 0x9,

    /// <summary>The answer to a ping, or a one-way heartbeat.</summary>
    Pong = 0xA,
}

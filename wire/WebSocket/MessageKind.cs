namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>What a message is.</summary>
public enum MessageKind : byte
{
    /// <summary>There is no message.</summary>
    None = 0,

    /// <summary>UTF-8 text, verified.</summary>
    Text = 1,

    /// <summary>Bytes without a promise.</summary>
    Binary = 2,
}

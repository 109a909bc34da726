namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>What <see cref="MessageReader.Read"/> found.</summary>
internal enum ReadEvent
{
    NeedBytes,
    Message,
    Ping,
    Pong,
    Close,
    Fault,
}

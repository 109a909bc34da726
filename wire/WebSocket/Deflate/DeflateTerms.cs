namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>What a connection's two sides agreed on for permessage-deflate.</summary>
/// <param name="ServerNoContextTakeover">The server begins each message with an empty window.</param>
/// <param name="ClientNoContextTakeover">So do we.</param>
/// <param name="ServerWindowBits">The server's window, 8 to 15 bits.</param>
/// <param name="ClientWindowBits">Ours, 8 to 15 bits.</param>
public sealed record DeflateTerms(
    bool ServerNoContextTakeover,
    bool ClientNoContextTakeover,
    int ServerWindowBits,
    int ClientWindowBits);

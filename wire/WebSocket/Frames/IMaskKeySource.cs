using System;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>Where the key of each sent frame comes from.</summary>
public interface IMaskKeySource
{
    /// <summary>
    /// Fills the four bytes with a key that the peer cannot foresee. Called by the connection's thread only.
    /// </summary>
    void Next(Span<byte> key);
}

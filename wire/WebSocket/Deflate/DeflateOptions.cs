using System;
using System.IO.Compression;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// What is offered to a server as permessage-deflate (RFC 7692) and how our own messages are compressed once it agrees.
/// A server may always decline; the connection is then open without compression.
/// </summary>
public sealed record DeflateOptions
{
    /// <summary>The window of a peer that is not limited: 32 KiB.</summary>
    public const int MaxWindowBits = 15;

    /// <summary>The smallest window that the RFC knows: 256 bytes.</summary>
    public const int MinWindowBits = 8;

    /// <summary>
    /// Asks the server to begin each message with an empty window. It has to agree, or decline the whole offer.
    /// </summary>
    public bool ServerNoContextTakeover { get; init; }

    /// <summary>Each message of ours begins with an empty window, whether the server asks for it or not.</summary>
    public bool ClientNoContextTakeover { get; init; }

    /// <summary>
    /// The largest window the server may use, 8 to 15 bits. Below 15 it has to agree, or decline the whole offer.
    /// Default 15, which asks for nothing.
    /// </summary>
    public int ServerMaxWindowBits { get; init; } = MaxWindowBits;

    /// <summary>Whether the server may limit the window of our own messages. Default true.</summary>
    public bool AllowsClientWindowBits { get; init; } = true;

    /// <summary>Messages of ours with fewer bytes go as they are. Default 256; 1 compresses all.</summary>
    public int CompressFromBytes { get; init; } = 256;

    /// <summary>How hard our own messages are compressed. Default <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Fastest;

    /// <summary>Throws <see cref="ArgumentException"/>, naming the option, where a value cannot work.</summary>
    public void Validate()
    {
        if (ServerMaxWindowBits is < MinWindowBits or > MaxWindowBits)
        {
            throw new ArgumentException(
                $"option {nameof(ServerMaxWindowBits)} is out of range; expected {MinWindowBits} to {MaxWindowBits}",
                nameof(ServerMaxWindowBits));
        }

        if (CompressFromBytes < 1)
        {
            throw new ArgumentException(
                $"option {nameof(CompressFromBytes)} is out of range; expected 1 or more", nameof(CompressFromBytes));
        }
    }
}

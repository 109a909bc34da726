using System;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>Caps on what a peer may send, each checked before memory is taken for it.</summary>
public sealed record WebSocketLimits
{
    /// <summary>The head of the upgrade's answer, in bytes. Default 16 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>The payload of one frame. Default 16 MiB. Beyond it the connection is closed with 1009.</summary>
    public int MaxFrameBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The payload of one message over all its frames. Default 16 MiB. Beyond it: 1009.</summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The frames of one message, empty ones included. Default 16,384. Beyond it: 1008.</summary>
    public int MaxFragments { get; init; } = 16 * 1024;

    /// <summary>
    /// Size of the receive buffer at the start, which is also the most that one receive takes. Default 64 KiB. It grows
    /// up to the cap of a frame only with bytes that really came, and stays grown.
    /// </summary>
    public int InitialBufferBytes { get; init; } = 64 * 1024;

    /// <summary>Throws <see cref="ArgumentException"/>, naming the option, where a value cannot work.</summary>
    public void Validate()
    {
        const int MaxArrayBytes = 1 << 30;
        Require(MaxHeaderBytes is >= 256 and <= 1024 * 1024, nameof(MaxHeaderBytes), "256 to 1,048,576");
        Require(MaxFrameBytes is >= 125 and <= MaxArrayBytes, nameof(MaxFrameBytes), "125 to 1,073,741,824");
        Require(MaxMessageBytes is >= 125 and <= MaxArrayBytes, nameof(MaxMessageBytes), "125 to 1,073,741,824");
        Require(MaxFragments >= 1, nameof(MaxFragments), "1 or more");
        Require(
            InitialBufferBytes is >= 4096 and <= MaxArrayBytes, nameof(InitialBufferBytes), "4,096 to 1,073,741,824");
    }

    private static void Require(bool holds, string option, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"option {option} is out of range; expected {range}", option);
        }
    }
}

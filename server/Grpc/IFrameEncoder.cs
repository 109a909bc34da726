using System;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>Makes the frames of one feed. Threads: one, the publisher.</summary>
internal interface IFrameEncoder
{
    /// <summary>Bytes of the largest frame.</summary>
    int FrameBytesMax { get; }

    /// <summary>True when messages say how many they replace, in <see cref="ReplacedEnding"/>.</summary>
    bool TellsReplaced { get; }

    /// <summary>Encodes a quote behind its prefix.</summary>
    /// <param name="quote">The reader that holds it.</param>
    /// <param name="always">True to encode it also when it looks like the one before.</param>
    /// <param name="bytes">At least <see cref="FrameBytesMax"/> long.</param>
    /// <param name="frame">What was written.</param>
    /// <returns>False when nothing that these subscribers can see differs from the quote before.</returns>
    bool TryEncode(QuoteReader quote, bool always, Span<byte> bytes, out EncodedFrame frame);

    /// <summary>Encodes a heartbeat behind its prefix; 0 bytes when this feed has none.</summary>
    /// <param name="sequence">Number, in the ring, of the feed's latest quote; -1: none yet.</param>
    /// <param name="nowNanos">Time on the engine's clock.</param>
    /// <param name="bytes">At least <see cref="FrameBytesMax"/> long.</param>
    int EncodeHeartbeat(long sequence, long nowNanos, Span<byte> bytes);
}

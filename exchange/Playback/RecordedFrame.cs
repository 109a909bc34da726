using System;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>A websocket frame as it was received.</summary>
/// <param name="Nanos">When, in nanoseconds; only differences count.</param>
/// <param name="Payload">Its bytes.</param>
internal readonly record struct RecordedFrame(long Nanos, ReadOnlyMemory<byte> Payload);

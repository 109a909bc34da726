using System;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>A REST response as it was received.</summary>
/// <param name="Nanos">When, on the same scale as the frames.</param>
/// <param name="Address">What was asked for; null where the format does not keep it.</param>
/// <param name="Payload">The body's bytes.</param>
internal readonly record struct RecordedBody(long Nanos, Uri? Address, ReadOnlyMemory<byte> Payload);

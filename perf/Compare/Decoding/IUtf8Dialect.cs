using System;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>
/// One venue's messages read with <see cref="System.Text.Json.Utf8JsonReader"/>, as a careful C# user would; binary
/// ones with <see cref="System.Buffers.Binary.BinaryPrimitives"/>.
/// </summary>
internal interface IUtf8Dialect
{
    /// <summary>Reads a frame; false when it is not a depth update of <paramref name="symbol"/>.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update);
}

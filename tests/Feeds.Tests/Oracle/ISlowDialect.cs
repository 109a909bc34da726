using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>A venue's frames read with a JSON tree and decimals: what the fast decoders are compared with.</summary>
internal interface ISlowDialect
{
    /// <summary>Reads a frame of the socket; only books in <paramref name="known"/> are of interest.</summary>
    SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known);

    /// <summary>Reads a REST snapshot.</summary>
    SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol);
}

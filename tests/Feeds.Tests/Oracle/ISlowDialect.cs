using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>A venue's frames read with a JSON tree and decimals: what the fast decoders are compared with.</summary>
internal interface ISlowDialect
{
    /// <summary>Reads a frame of the socket; only books in <paramref name="known"/> are of interest.</summary>
    SlowReading Read(ReadOnlyMemory<byte> frame, IReadOnlySet<string> known);

    /// <summary>The same for another socket, on which nothing was said yet.</summary>
    ISlowDialect Another() => this;

    /// <summary>The number that the venue gave a book's channel; 0 where it does not number them.</summary>
    long ChannelOf(string symbol) => 0;

    /// <summary>The next frame may have any number.</summary>
    void ForgetNumber()
    {
        // Most venues number no frames.
    }

    /// <summary>Reads a REST snapshot.</summary>
    SlowReading ReadSnapshot(ReadOnlyMemory<byte> body, string symbol);
}

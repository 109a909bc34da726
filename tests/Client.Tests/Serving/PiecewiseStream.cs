using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Client.Tests.Serving;

/// <summary>A body that hands its bytes out in exactly the given pieces.</summary>
internal sealed class PiecewiseStream : MemoryStream
{
    private readonly Queue<int> _pieces;

    /// <summary>
    /// Makes one; a read returns at most the next piece's length, and everything once they are used up.
    /// </summary>
    public PiecewiseStream(byte[] bytes, IEnumerable<int> pieces)
        : base(bytes, writable: false) => _pieces = new Queue<int>(pieces);

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var most = _pieces.TryDequeue(out var piece) ? Math.Min(piece, buffer.Length) : buffer.Length;
        return base.ReadAsync(buffer[..most], cancellationToken);
    }
}

using System;
using System.Security.Cryptography;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>Keys from the system's cryptographic generator, taken 64 at a time: one call to it per 64 frames.</summary>
public sealed class RandomMaskKeys : IMaskKeySource
{
    private readonly byte[] _batch = new byte[64 * Masking.KeyBytes];
    private int _used;

    /// <summary>A source of its own for one connection.</summary>
    public RandomMaskKeys() => _used = _batch.Length;

    /// <inheritdoc/>
    [HotPath]
    public void Next(Span<byte> key)
    {
        if (_used == _batch.Length)
        {
            RandomNumberGenerator.Fill(_batch);
            _used = 0;
        }

        _batch.AsSpan(_used, Masking.KeyBytes).CopyTo(key);
        _used += Masking.KeyBytes;
    }
}

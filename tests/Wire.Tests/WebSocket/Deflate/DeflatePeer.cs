using System;
using System.IO;
using System.IO.Compression;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;

/// <summary>
/// A server's side of permessage-deflate: compresses with the framework's deflater, reads the client's messages with
/// the oracle, which sees whether the client keeps to what was agreed.
/// </summary>
internal sealed class DeflatePeer(DeflateTerms terms)
{
    private readonly InflateOracle _inflater = new(terms.ClientWindowBits);
    private MemoryStream _written = new();
    private DeflateStream? _deflater;

    /// <summary>The terms of an agreement without parameters.</summary>
    public static DeflateTerms Unlimited { get; } = new(false, false, 15, 15);

    /// <summary>The payload of a message's frames.</summary>
    public byte[] Compress(byte[] message)
    {
        if (message.Length == 0)
        {
            return [0x00];   // RFC 7692 section 7.2.3.6
        }

        if (terms.ServerNoContextTakeover || terms.ServerWindowBits < 15)
        {
            var window = 1 << terms.ServerWindowBits;
            using var all = new MemoryStream();
            for (var at = 0; at < message.Length; at += window)
            {
                _deflater = null;
                all.Write(Flushed(message.AsSpan(at, Math.Min(window, message.Length - at))));
            }

            return all.ToArray()[..^4];
        }

        return Flushed(message)[..^4];
    }

    /// <summary>The client's message out of its frame's payload.</summary>
    public byte[] Inflate(byte[] payload)
    {
        if (terms.ClientNoContextTakeover)
        {
            _inflater.Forget();
        }

        return _inflater.Inflate(payload);
    }

    private byte[] Flushed(ReadOnlySpan<byte> bytes)
    {
        if (_deflater is null)
        {
            _written = new MemoryStream();
            _deflater = new DeflateStream(_written, CompressionLevel.Optimal);
        }

        _written.SetLength(0);
        _deflater.Write(bytes);
        _deflater.Flush();
        return _written.ToArray();
    }
}

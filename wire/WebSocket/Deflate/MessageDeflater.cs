using System;
using System.IO.Compression;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// Our own messages to compressed ones. The framework's deflater knows one window only, 15 bits: where the server
/// limited it, a message goes through deflaters that see a window's worth of bytes each, so that nothing can refer
/// further back than agreed. A window that is neither limited nor given up is kept from message to message.
/// </summary>
#pragma warning disable CA1001 // as for the inflater: its native memory goes with the garbage collector
internal sealed class MessageDeflater
#pragma warning restore CA1001
{
    /// <summary>The end of a flush, which does not travel: RFC 7692 section 7.2.1.</summary>
    private const int TailBytes = 4;

    private readonly DeflateTarget _target = new();
    private readonly CompressionLevel _level;
    private readonly int _pieceBytes;
    private readonly DeflateStream? _kept;

    public MessageDeflater(DeflateTerms terms, CompressionLevel level)
    {
        _level = level;
        _pieceBytes = terms.ClientWindowBits == DeflateOptions.MaxWindowBits
            ? int.MaxValue
            : 1 << terms.ClientWindowBits;
        if (_pieceBytes == int.MaxValue && !terms.ClientNoContextTakeover)
        {
            _kept = Begin();
        }
    }

    /// <summary>The payload of a frame with RSV1, valid until the next call.</summary>
    /// <param name="message">Not empty.</param>
    public ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> message)
    {
        _target.Clear();
        if (_kept is not null)
        {
            _kept.Write(message);
            _kept.Flush();
        }

        while (_kept is null && !message.IsEmpty)
        {
            var piece = message[..Math.Min(message.Length, _pieceBytes)];
            message = message[piece.Length..];
            DeflatePiece(piece);
        }

        return _target.Written[..^TailBytes];
    }

    private void DeflatePiece(ReadOnlySpan<byte> piece)
    {
        int end;
        using (var deflater = Begin())
        {
            deflater.Write(piece);
            deflater.Flush();
            end = _target.Written.Length;
        }

        _target.CutTo(end);   // disposal wrote a final block
    }

    private DeflateStream Begin() => new(_target, _level, leaveOpen: true);
}

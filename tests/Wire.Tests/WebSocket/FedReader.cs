using System;
using System.Collections.Generic;
using System.Text;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>A message reader that is fed from memory; what it finds becomes a list of short texts to compare.</summary>
internal sealed class FedReader(WebSocketLimits? limits = null)
{
    private readonly List<string> _found = [];
    private bool _over;

    public MessageReader Reader { get; } = new(limits ?? new WebSocketLimits());

    public IReadOnlyList<string> Found => _found;

    /// <summary>All of a stream, received in pieces of so many bytes.</summary>
    public static IReadOnlyList<string> ReadAll(byte[] stream, int piece, WebSocketLimits? limits = null)
    {
        var fed = new FedReader(limits);
        for (var at = 0; at < stream.Length; at += piece)
        {
            fed.Feed(stream.AsSpan(at, Math.Min(piece, stream.Length - at)));
        }

        return fed.Found;
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_over)
        {
            var room = Reader.Room();
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            Reader.Commit(count);
            bytes = bytes[count..];
            Drain();
        }
    }

    private void Drain()
    {
        while (true)
        {
            var found = Reader.Read(out var kind, out var payload);
            switch (found)
            {
                case ReadEvent.NeedBytes:
                    return;
                case ReadEvent.Fault:
                    _found.Add($"fault {Reader.Fault}");
                    _over = true;
                    return;
                case ReadEvent.Message:
                    _found.Add($"{kind} {Show(payload)}");
                    break;
                default:
                    _found.Add($"{found} {Show(payload)}");
                    break;
            }
        }
    }

    /// <summary>Length and hash for the long ones: texts of megabytes make no readable failure.</summary>
    public static string Show(ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= 64)
        {
            return Encoding.Latin1.GetString(payload);
        }

        var hash = new HashCode();
        hash.AddBytes(payload);
        return $"{payload.Length} bytes #{hash.ToHashCode():x8}";
    }
}

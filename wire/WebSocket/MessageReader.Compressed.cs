using System;
using System.Text.Unicode;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using LowLatencyQuoter.Wire.WebSocket.Frames;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <content>The stage between frames and caller on connections with permessage-deflate.</content>
internal sealed partial class MessageReader
{
    /// <summary>From here on the peer may compress messages.</summary>
    public void AllowCompressed() => _inflater = new MessageInflater(_limits);

    /// <summary>Inflates a whole message. Its text can only be checked now.</summary>
    private ReadEvent EndCompressed(
        OpCode opCode,
        ReadOnlyMemory<byte> compressed,
        out MessageKind kind,
        out ReadOnlySpan<byte> payload)
    {
        kind = MessageKind.None;
        payload = default;
        var message = _inflater!.Message;
        _fault = _inflater.Inflate(compressed);
        if (_fault == WebSocketFaultCode.None && opCode == OpCode.Text && !Utf8.IsValid(message.Unread))
        {
            _fault = WebSocketFaultCode.TextNotUtf8;
        }

        if (_fault != WebSocketFaultCode.None)
        {
            return ReadEvent.Fault;
        }

        kind = (MessageKind)opCode;
        _apart = message;
        payload = message.Unread;
        return ReadEvent.Message;
    }
}

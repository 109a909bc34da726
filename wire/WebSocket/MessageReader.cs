using System;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using LowLatencyQuoter.Wire.WebSocket.Frames;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>
/// The receiving half of RFC 6455 without a socket: bytes in, messages and control frames out. A message of one frame
/// is handed out where it was received; fragments are put together in a second buffer as they come. Compressed ones, on
/// connections that agreed to them, are inflated into a third when they are whole.
/// </summary>
internal sealed partial class MessageReader
{
    private readonly WebSocketLimits _limits;
    private readonly ByteBuffer _received;
    private ByteBuffer? _assembled;
    private MessageInflater? _inflater;   // only where permessage-deflate was agreed on
    private Utf8Validator _utf8;
    private FrameHeader _header;
    private bool _inFrame;
    private int _payloadLeft;             // of the frame under way: not yet handed out or assembled
    private int _checkedText;             // of the frame under way: already seen by the UTF-8 check
    private OpCode _fragmented;           // opcode of the message under way; Continuation when there is none
    private bool _fragmentsCompressed;    // whether its first frame said so
    private int _fragments;
    private int _handedOut;               // given to the caller by the last Read, dropped by the next
    private ByteBuffer? _apart;           // where what was given out last lies, when it is not where it was received
    private WebSocketFaultCode _fault;

    public MessageReader(WebSocketLimits limits)
    {
        _limits = limits;
        _received = new ByteBuffer(limits.InitialBufferBytes, Math.Max(limits.MaxFrameBytes, limits.MaxHeaderBytes));
    }

    /// <summary>What is wrong, after <see cref="ReadEvent.Fault"/>.</summary>
    public WebSocketFaultCode Fault => _fault;

    /// <summary>Bytes received and not yet read.</summary>
    public ReadOnlySpan<byte> Unread => _received.Unread;

    /// <summary>The message that the last <see cref="Read"/> handed out, as long as it is valid.</summary>
    public ReadOnlySpan<byte> LastMessage => _apart is null ? _received.Unread[.._handedOut] : _apart.Unread;

    /// <summary>Memory held for bytes on their way, for tests of the caps.</summary>
    public int HeldBytes =>
        _received.Capacity + (_assembled?.Capacity ?? 0) + (_inflater?.Message.Capacity ?? 0);

    /// <summary>Where the next bytes go. Payloads handed out before are void.</summary>
    [HotPath]
    public Span<byte> Room() => _received.Room(_inFrame ? _payloadLeft - _received.Count : 0);

    /// <summary>Says how many bytes were put into <see cref="Room"/>.</summary>
    [HotPath]
    public void Commit(int count) => _received.Commit(count);

    /// <summary>Drops bytes that were not frames: the head of the upgrade's answer.</summary>
    public void Skip(int count) => _received.Consume(count);

    /// <summary>
    /// The next message or control frame out of what was received.
    /// </summary>
    /// <param name="kind">Text or binary, for a message.</param>
    /// <param name="payload">Valid until the next call of any member.</param>
    [HotPath]
    public ReadEvent Read(out MessageKind kind, out ReadOnlySpan<byte> payload)
    {
        _received.Consume(_handedOut);
        _handedOut = 0;
        _apart = null;
        kind = MessageKind.None;
        payload = default;
        while (_fault == WebSocketFaultCode.None)
        {
            if (!_inFrame && !BeginFrame())
            {
                break;
            }

            if (_header.IsControl)
            {
                return ReadControl(out payload);
            }

            if (_header.IsFinal && _fragmented == OpCode.Continuation)
            {
                return ReadWhole(out kind, out payload);
            }

            if (!ReadFragment())
            {
                break;
            }

            if (_header.IsFinal)
            {
                return EndAssembled(out kind, out payload);
            }
        }

        return _fault == WebSocketFaultCode.None ? ReadEvent.NeedBytes : ReadEvent.Fault;
    }

    /// <summary>
    /// Reads a header and checks it against the message under way and the caps. False: more bytes, or a fault.
    /// </summary>
    [HotPath]
    private bool BeginFrame()
    {
        _fault = FrameHeader.Read(_received.Unread, out _header, out var size, mayCompress: _inflater is not null);
        if (size == 0)
        {
            CheckOrderEarly();
            return false;
        }

        if (!_header.IsControl)
        {
            _fault = CheckDataFrame();
            if (_fault != WebSocketFaultCode.None)
            {
                return false;
            }
        }

        _received.Consume(size);
        _payloadLeft = (int)_header.PayloadBytes;   // checked above: within the caps
        _checkedText = 0;
        _inFrame = true;
        return true;
    }

    /// <summary>A frame out of order is refused at its first byte, not only when its whole header is there.</summary>
    private void CheckOrderEarly()
    {
        if (_fault == WebSocketFaultCode.None && _received.Count > 0)
        {
            _fault = CheckOrder((OpCode)(_received.Unread[0] & 0x0F));
        }
    }

    [HotPath]
    private WebSocketFaultCode CheckOrder(OpCode opCode)
    {
        if (opCode == OpCode.Continuation)
        {
            return _fragmented == OpCode.Continuation
                ? WebSocketFaultCode.UnexpectedContinuation
                : WebSocketFaultCode.None;
        }

        return opCode < OpCode.Close && _fragmented != OpCode.Continuation
            ? WebSocketFaultCode.ContinuationExpected
            : WebSocketFaultCode.None;
    }

    [HotPath]
    private WebSocketFaultCode CheckDataFrame()
    {
        var order = CheckOrder(_header.OpCode);
        if (order != WebSocketFaultCode.None)
        {
            return order;
        }

        if (_header.PayloadBytes > (ulong)_limits.MaxFrameBytes)
        {
            return WebSocketFaultCode.FrameTooLarge;
        }

        var before = _fragmented == OpCode.Continuation ? 0 : _assembled!.Count;
        if (_header.PayloadBytes > (ulong)(_limits.MaxMessageBytes - before))
        {
            return WebSocketFaultCode.MessageTooLarge;
        }

        return _fragmented != OpCode.Continuation && _fragments >= _limits.MaxFragments
            ? WebSocketFaultCode.TooManyFragments
            : WebSocketFaultCode.None;
    }

    [HotPath]
    private ReadEvent ReadControl(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (_received.Count < _payloadLeft)
        {
            return ReadEvent.NeedBytes;
        }

        payload = HandOut();
        return _header.OpCode switch
        {
            OpCode.Ping => ReadEvent.Ping,
            OpCode.Pong => ReadEvent.Pong,
            _ => ReadEvent.Close,
        };
    }

    /// <summary>A message of one frame: handed out where it lies.</summary>
    [HotPath]
    private ReadEvent ReadWhole(out MessageKind kind, out ReadOnlySpan<byte> payload)
    {
        kind = MessageKind.None;
        payload = default;
        var arrived = Math.Min(_received.Count, _payloadLeft);
        if (_header.OpCode == OpCode.Text && !_header.IsCompressed
            && !CheckText(arrived, endsMessage: arrived == _payloadLeft))
        {
            return ReadEvent.Fault;
        }

        if (arrived < _payloadLeft)
        {
            return ReadEvent.NeedBytes;
        }

        if (_header.IsCompressed)
        {
            var compressed = _received.UnreadMemory[.._payloadLeft];
            HandOut();
            return EndCompressed(_header.OpCode, compressed, out kind, out payload);
        }

        kind = (MessageKind)_header.OpCode;
        payload = HandOut();
        return ReadEvent.Message;
    }

    [HotPath]
    private ReadOnlySpan<byte> HandOut()
    {
        _handedOut = _payloadLeft;
        _inFrame = false;
        return _received.Unread[.._handedOut];
    }

    /// <summary>Moves what came of a fragment to the assembled message. True when the fragment is whole.</summary>
    [HotPath]
    private bool ReadFragment()
    {
        if (_header.OpCode != OpCode.Continuation && _fragmented == OpCode.Continuation)
        {
            BeginAssembled();
        }

        var arrived = Math.Min(_received.Count, _payloadLeft);
        var ends = _header.IsFinal && arrived == _payloadLeft;
        if (_fragmented == OpCode.Text && !_fragmentsCompressed && !CheckText(arrived, ends))
        {
            return false;
        }

        _assembled!.Append(_received.Unread[..arrived]);
        _received.Consume(arrived);
        _payloadLeft -= arrived;
        _checkedText = 0;
        if (_payloadLeft > 0)
        {
            return false;
        }

        _fragments++;
        _inFrame = false;
        return true;
    }

    private void BeginAssembled()
    {
        _assembled ??= new ByteBuffer(
            Math.Min(_limits.InitialBufferBytes, _limits.MaxMessageBytes),
            _limits.MaxMessageBytes);
        _assembled.Clear();
        _fragmented = _header.OpCode;
        _fragmentsCompressed = _header.IsCompressed;
        _fragments = 0;
    }

    [HotPath]
    private ReadEvent EndAssembled(out MessageKind kind, out ReadOnlySpan<byte> payload)
    {
        var opCode = _fragmented;
        _fragmented = OpCode.Continuation;
        if (_fragmentsCompressed)
        {
            return EndCompressed(opCode, _assembled!.UnreadMemory, out kind, out payload);
        }

        kind = (MessageKind)opCode;
        _apart = _assembled;
        payload = _assembled!.Unread;
        return ReadEvent.Message;
    }

    /// <summary>Checks text as it comes, so that a bad byte is refused before the rest is waited for.</summary>
    /// <param name="arrived">Bytes of the frame's payload that lie unread.</param>
    /// <param name="endsMessage">Whether they are the last ones.</param>
    [HotPath]
    private bool CheckText(int arrived, bool endsMessage)
    {
        var valid = _utf8.Append(_received.Unread[_checkedText..arrived]);
        _checkedText = arrived;
        if (!valid || (endsMessage && !_utf8.IsComplete))
        {
            _fault = WebSocketFaultCode.TextNotUtf8;
            return false;
        }

        return true;
    }
}

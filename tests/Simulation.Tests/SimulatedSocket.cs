using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>The quoter's end of a simulated connection.</summary>
internal sealed class SimulatedSocket : IVenueSocket
{
    private readonly SimulatedLink _link;
    private readonly Queue<SentFrame> _inbox = new();
    private WebSocketFault _end;
    private bool _closed;
    private byte[] _last = [];

    public SimulatedSocket(SimulatedLink link, SimulatedSession session)
    {
        _link = link;
        Session = session;
    }

    public SimulatedSession Session { get; }

    public nint Handle => 0;

    public long Batches { get; private set; }

    public long BytesReceived { get; private set; }

    public long LeastRoundTripNanos => 0;   // nobody measures it

    public WebSocketFault Fault => _inbox.Count == 0 ? _end : default;

    public DeflateTerms? Deflate => null;

    public ReadOnlySpan<byte> LastMessage => _last;

    public ReadOutcome TryReadMessage(out MessageKind kind, out ReadOnlySpan<byte> payload)
    {
        kind = MessageKind.Text;
        payload = default;
        if (_inbox.TryDequeue(out var frame))
        {
            Batches++;
            _last = frame.Bytes;
            payload = _last;
            _link.NoteRead(frame);
            return ReadOutcome.Message;
        }

        return _end.Code switch
        {
            WebSocketFaultCode.None => ReadOutcome.Nothing,
            WebSocketFaultCode.ClosedByPeer => ReadOutcome.Closed,
            _ => ReadOutcome.Failed,
        };
    }

    public bool TrySendText(ReadOnlySpan<byte> text)
    {
        if (_end.Code == WebSocketFaultCode.None)
        {
            _link.CarryToVenue(this, text.ToArray());
        }

        return _end.Code == WebSocketFaultCode.None;
    }

    public bool TrySendPing(ReadOnlySpan<byte> payload)
    {
        if (_end.Code == WebSocketFaultCode.None)
        {
            _link.CarryPing(this);
        }

        return _end.Code == WebSocketFaultCode.None;
    }

    public void LimitSends(TimeSpan limit)
    {
    }

    public void Close(CloseCode code) => Dispose();

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _link.CloseByQuoter(this);
        }
    }

    /// <summary>A frame has arrived.</summary>
    public void Arrive(SentFrame frame)
    {
        if (!_closed && _end.Code == WebSocketFaultCode.None)
        {
            _inbox.Enqueue(frame);
            BytesReceived += frame.Bytes.Length;
        }
    }

    /// <summary>A pong has arrived.</summary>
    public void ArrivePong() => BytesReceived += 2;

    /// <summary>Nothing comes any more.</summary>
    public void End(WebSocketFaultCode code, string text)
    {
        if (_end.Code == WebSocketFaultCode.None)
        {
            _end = new WebSocketFault(code, text);
        }
    }
}

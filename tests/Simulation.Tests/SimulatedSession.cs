using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>The venue's end of a simulated connection: the venue's own session sends through it.</summary>
internal sealed class SimulatedSession : VenueSession
{
    private readonly SimulatedLink _link;
    private bool _closing;
    private bool _ended;

    public SimulatedSession(SimulatedLink link, SocketRules rules, SessionRegistry registry)
        : base(
            link.Venue.Name, DeadSocket.Instance, rules, registry.NewQueue(), registry, static () => { },
            faults: null, CancellationToken.None) => _link = link;

    /// <summary>The venue's own session.</summary>
    public IFrameReceiver Receiver { get; set; } = null!;

    public override void Send(ReadOnlyMemory<byte> frame)
    {
        if (!_closing)
        {
            _link.Carry(this, frame);
        }
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        Send(frame);
        return ValueTask.CompletedTask;
    }

    public override void Close(WebSocketCloseStatus status, string reason)
    {
        if (!_closing)
        {
            _closing = true;
            _link.CloseByVenue(this, (int)status, reason);
        }
    }

    public override void CloseNow(WebSocketCloseStatus status, string reason) => Close(status, reason);

    public override void Abort()
    {
        if (!_closing)
        {
            _closing = true;
            _link.Lose(this);
        }
    }

    /// <summary>The client's message has arrived.</summary>
    public void Receive(byte[] message)
    {
        if (!_ended && !_closing)
        {
            Receiver.Received(message);
        }
    }

    /// <summary>The venue learns that the connection is gone; not while it goes through its sessions.</summary>
    public void End()
    {
        if (!_ended)
        {
            _ended = true;
            _closing = true;
            Receiver.Closed();
        }
    }
}

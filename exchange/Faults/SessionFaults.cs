using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>
/// What becomes of the frames of one session while faults wait: every frame of a simulated venue passes here on its way
/// to the session's queue. Any thread.
/// </summary>
internal sealed class SessionFaults
{
    private readonly System.Threading.Lock _gate = new();
    private readonly VenueFaults _venue;
    private readonly Action<ReadOnlyMemory<byte>> _enqueue;
    private readonly Dictionary<string, string> _symbolOfChannel = [];
    private readonly HashSet<ArmedSilence> _silences = [];
    private byte[]? _heldUpdate;
    private string? _heldBehind;        // its symbol, where the fault names one
    private byte[]? _heldAcknowledgement;

    public SessionFaults(VenueFaults venue, Action<ReadOnlyMemory<byte>> enqueue)
    {
        _venue = venue;
        _enqueue = enqueue;
    }

    /// <summary>How late each frame leaves; zero: at once.</summary>
    public TimeSpan Lag => _venue.IsArmed && _venue.TryTake("lag", static _ => true, out var fault)
        ? fault.Delay
        : TimeSpan.Zero;

    /// <summary>Sends a frame, or what a fault makes of it.</summary>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            NoteChannel(frame.Span);
            if (!_venue.IsArmed && _heldUpdate is null && _heldAcknowledgement is null)
            {
                _enqueue(frame);
            }
            else if (frame.IsEmpty || !BookFrames.IsBook(_venue.Venue, frame.Span))
            {
                SendOther(frame);
            }
            else
            {
                SendBook(frame.ToArray());
            }
        }
    }

    /// <summary>
    /// Hears what the client says: whoever subscribes anew ends a freeze; a symbol that is listed no more is given
    /// another name, which the venue refuses in its own words.
    /// </summary>
    public ReadOnlyMemory<byte> Hear(ReadOnlyMemory<byte> message)
    {
        if (!_venue.IsArmed)
        {
            return message;
        }

        var said = message.ToArray();
        if (said.AsSpan().IndexOf("subscribe"u8) >= 0 || said.AsSpan().IndexOf("SUBSCRIBE"u8) >= 0)
        {
            _venue.End("freeze", symbol => symbol is not null && BookFrames.Names(said, symbol));
        }

        return Delisting.Rename(_venue, said);
    }

    private void SendOther(ReadOnlyMemory<byte> frame)
    {
        if (BookFrames.IsAcknowledgement(frame.Span) && _heldAcknowledgement is null
            && _venue.TryTake("ack-late", static _ => true, out _))
        {
            _heldAcknowledgement = frame.ToArray();
            return;
        }

        if (frame.Span.IndexOf("checksum"u8) >= 0 || frame.Span.IndexOf("\"cs\","u8) >= 0)
        {
            frame = Checksum(frame.ToArray());
        }

        _enqueue(Delisting.Restore(_venue, frame));
    }

    private void SendBook(byte[] frame)
    {
        bool Concerns(string? symbol) => symbol is null || IsOf(frame, symbol);

        var isSnapshot = BookFrames.IsSnapshot(_venue.Venue, frame);
        if (IsSilenced(frame) || (isSnapshot && _venue.TryTake("snapshot-lost", Concerns, out _)))
        {
            return;
        }

        if (!isSnapshot && _venue.TryTake("drop", Concerns, out _))
        {
            return;
        }

        if (!isSnapshot && _heldUpdate is null && _venue.TryTake("reorder", Concerns, out var reorder))
        {
            _heldUpdate = frame;
            _heldBehind = reorder.Symbol;
            return;
        }

        frame = Spoil(frame, isSnapshot, Concerns);
        _enqueue(frame);
        if (!isSnapshot && _venue.TryTake("duplicate", Concerns, out _))
        {
            _enqueue(frame);
        }

        if (_heldUpdate is { } held && Concerns(_heldBehind))
        {
            _heldUpdate = null;
            _enqueue(held);
        }

        if (_heldAcknowledgement is { } acknowledgement)
        {
            _heldAcknowledgement = null;
            _enqueue(acknowledgement);
        }
    }

    private byte[] Spoil(byte[] frame, bool isSnapshot, Func<string?, bool> concerns)
    {
        frame = Checksum(frame);
        if (_venue.TryTake("finer-tick", concerns, out _))
        {
            frame = FrameSpoiler.Finer(frame);
        }

        if (_venue.TryTake("huge-frame", concerns, out var huge))
        {
            frame = FrameSpoiler.Padded(frame, huge.Bytes);
        }

        if (isSnapshot)
        {
            return frame;
        }

        return _venue.TryTake("corrupt-quantity", concerns, out _) ? FrameSpoiler.Quantity(_venue.Venue, frame)
            : _venue.TryTake("malformed", concerns, out _) ? FrameSpoiler.Brackets(frame)
            : _venue.TryTake("truncated", concerns, out _) ? FrameSpoiler.Half(frame)
            : _venue.TryTake("trailing-garbage", concerns, out _) ? FrameSpoiler.Trailed(frame)
            : _venue.TryTake("invalid-utf8", concerns, out _) ? FrameSpoiler.NotUtf8(frame)
            : frame;
    }

    private byte[] Checksum(byte[] frame)
    {
        bool Concerns(string? symbol) => symbol is null || IsOf(frame, symbol);

        if (frame.AsSpan().IndexOf("\"checksum\":"u8) < 0 && frame.AsSpan().IndexOf("\"cs\","u8) < 0)
        {
            return frame;
        }

        return _venue.TryTake("checksum-wrong", Concerns, out _) ? FrameSpoiler.Checksum(frame, zero: false)
            : _venue.TryTake("checksum-zero", Concerns, out _) ? FrameSpoiler.Checksum(frame, zero: true)
            : frame;
    }

    private bool IsSilenced(byte[] frame)
    {
        foreach (var name in (ReadOnlySpan<string>)["freeze", "never-served", "delist"])
        {
            foreach (var symbol in _venue.SymbolsOf(name))
            {
                if (symbol is not null && !IsOf(frame, symbol))
                {
                    continue;
                }

                if (_silences.Add(new ArmedSilence(name, symbol)))
                {
                    _venue.Count(name);
                }

                return true;
            }
        }

        _silences.Clear();
        return false;
    }

    private bool IsOf(byte[] frame, string symbol)
    {
        if (_venue.Venue != "bitfinex")
        {
            return BookFrames.IndexOf(frame, symbol) >= 0;
        }

        var end = frame.AsSpan().IndexOf((byte)',');
        return end > 1 && _symbolOfChannel.GetValueOrDefault(Encoding.ASCII.GetString(frame, 1, end - 1)) == symbol;
    }

    /// <summary>Bitfinex names books by numbers that it gives when it subscribes.</summary>
    private void NoteChannel(ReadOnlySpan<byte> frame)
    {
        if (_venue.Venue != "bitfinex" || frame.IndexOf("\"subscribed\""u8) < 0)
        {
            return;
        }

        using var document = System.Text.Json.JsonDocument.Parse(frame.ToArray());
        var channel = document.RootElement.GetProperty("chanId").GetInt64().ToString(CultureInfo.InvariantCulture);
        _symbolOfChannel[channel] = document.RootElement.TryGetProperty("symbol", out var symbol)
            ? symbol.GetString()!
            : string.Empty;
    }

    private readonly record struct ArmedSilence(string Name, string? Symbol);
}

using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues.Binance;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>A venue whose frames come from a tape, behind the production decoder. Threads: the reader's.</summary>
[HotPath]
internal sealed class TapedVenue
{
    private readonly DepthLane _lane;
    private readonly DiffTape _tape;
    private readonly DiffSource _source;
    private readonly DepthDecoder _decoder;
    private readonly FrameIntake<BinanceDialect> _intake;
    private readonly int _book;

    public TapedVenue(int book, int bookCount, DiffTape tape, DepthLane lane)
    {
        _book = book;
        _tape = tape;
        _lane = lane;
        _source = new DiffSource(tape);
        var symbols = new SymbolDirectory([new KeyValuePair<string, int>(DiffTape.Symbol, book)]);
        _decoder = new DepthDecoder(
            lane, symbols, bookCount, BinanceDialect.Profile.ScaleSource, FullLanePolicy.Wait)
        {
            StampsDecoding = true,
        };
        _intake = new FrameIntake<BinanceDialect>(_decoder, [book]);
        _intake.Declare(book, 2, 5);
    }

    /// <summary>Counts of what was decoded.</summary>
    public IntakeCounters Counters => _intake.Counters;

    /// <summary>When the last message was decoded; stands in the slot, which only this thread writes.</summary>
    public long DecodedNanos => _lane.Current.DecodedNanos;

    /// <summary>Subscribes and gives the book its snapshot. The engine must be running.</summary>
    public void GoLive(long nanos)
    {
        _intake.Announce(EventKind.Connecting, FaultCode.None, nanos);
        _intake.Announce(EventKind.Subscribed, FaultCode.None, nanos);
        if (_intake.OnSnapshot(_book, _tape.Snapshot, nanos) is { Kind: not FrameKind.Depth } outcome)
        {
            throw new InvalidOperationException($"the snapshot was not understood: {outcome.Fault}");
        }
    }

    /// <summary>Puts the next frame into the receive buffer.</summary>
    public void Prepare(long number) => _source.Prepare(number);

    /// <summary>Takes the frame as received at that time.</summary>
    public void Deliver(long receivedNanos) => _intake.OnFrame(_source.Frame, receivedNanos);

    /// <summary>Any thread: no longer waits for room in the lane.</summary>
    public void Stop() => _decoder.Stop();
}

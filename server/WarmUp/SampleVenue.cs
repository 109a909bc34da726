using System;
using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Samples;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>One venue's day and the decoder that takes it, as a connection's reader has it. One thread.</summary>
internal sealed class SampleVenue
{
    private const int PriceScale = 2;
    private const int QuantityScale = 5;
    private readonly DepthDecoder _decoder;
    private readonly IFrameIntake _intake;
    private readonly int _book;
    private volatile bool _stopped;

    public SampleVenue(IVenue venue, BookDefinition definition, int book, int bookCount, DepthLane lane)
    {
        _book = book;
        _decoder = new DepthDecoder(
            lane,
            new SymbolDirectory([new KeyValuePair<string, int>(definition.Symbol, book)]),
            bookCount,
            venue.Profile.ScaleSource,
            FullLanePolicy.Wait)
        {
            StampsDecoding = true,
        };
        _intake = venue.MakeIntake(_decoder, [book]);
        _intake.Declare(book, PriceScale, QuantityScale);
        Day = SampleDay.Write(venue.Samples, definition);
    }

    /// <summary>What the venue sends.</summary>
    public SampleDay Day { get; }

    /// <summary>Counts of what was decoded.</summary>
    public IntakeCounters Counters => _intake.Counters;

    /// <summary>The connection comes up.</summary>
    public void Open()
    {
        _intake.TellOwed();
        while (!_decoder.HasRoomToAnnounce(1) && !_stopped)
        {
            Thread.Yield();
            _intake.TellOwed();
        }

        _intake.Announce(EventKind.Connecting, FaultCode.None, MonotonicClock.Nanos());
        _intake.Announce(EventKind.Subscribed, FaultCode.None, MonotonicClock.Nanos());
    }

    /// <summary>A REST snapshot came.</summary>
    /// <remarks>And came once more, to be compared with what became of it.</remarks>
    public void TakeSnapshot(ReadOnlySpan<byte> body)
    {
        _intake.OnSnapshot(_book, body, MonotonicClock.Nanos());
        _intake.Announce(_book, EventKind.AuditBegins, FaultCode.None, MonotonicClock.Nanos());
        _intake.OnSnapshot(_book, body, MonotonicClock.Nanos(), BookAudit.Wish);
    }

    /// <summary>A frame came; waits for room as a connection's reader does.</summary>
    public void TakeFrame(ReadOnlySpan<byte> frame)
    {
        if (_decoder.FullLane == FullLanePolicy.Wait && !_decoder.HasRoomFor(frame.Length))
        {
            _decoder.NoteWait();
            while (!_decoder.HasRoomFor(frame.Length) && !_stopped)
            {
                Thread.Yield();
                _intake.TellOwed();
            }
        }

        _intake.OnFrame(frame, MonotonicClock.Nanos());
    }

    /// <summary>The connection goes down.</summary>
    public void Close() =>
        _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, MonotonicClock.Nanos());

    /// <summary>Any thread: no longer waits for room in the lane.</summary>
    public void Stop()
    {
        _stopped = true;
        _decoder.Stop();
    }
}

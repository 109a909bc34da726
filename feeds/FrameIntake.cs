using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds;

/// <summary>The intake of one venue's dialect.</summary>
/// <typeparam name="TDialect">The dialect.</typeparam>
[Engine.HotPath]
public sealed class FrameIntake<TDialect> : IFrameIntake
    where TDialect : struct, IVenueDialect<TDialect>
{
    private readonly DepthDecoder _decoder;
    private readonly HashSet<int> _kept = [];
    private int[] _books;

    /// <summary>Feeds the books of one connection through <paramref name="decoder"/>.</summary>
    public FrameIntake(DepthDecoder decoder, int[] books)
    {
        _decoder = decoder;
        _books = books;
    }

    /// <inheritdoc/>
    public IntakeCounters Counters { get; } = new();

    /// <inheritdoc/>
    public FrameOutcome OnFrame(ReadOnlySpan<byte> frame, long receivedNanos)
    {
        Counters.Frames++;
        Counters.Bytes += frame.Length;
        _decoder.ReceivedNanos = receivedNanos;
        var outcome = TDialect.Decode(frame, _decoder);
        Counters.UsualFrames = _decoder.UsualFrames;
        Counters.GeneralFrames = _decoder.GeneralFrames;
        Counters.RingFullWaits = _decoder.RingFullWaits;
        switch (outcome.Kind)
        {
            case FrameKind.Depth:
                Counters.DepthMessages = _decoder.DepthMessages;
                break;
            case FrameKind.Heartbeat:
                Counters.Heartbeats++;
                break;
            case FrameKind.Failed:
                OnFailed(outcome);
                break;
            case FrameKind.Refused:
                Counters.Refusals++;
                break;
            case FrameKind.Unsubscribed when !_kept.Contains(outcome.Book):
                _decoder.Announce(outcome.Book, EventKind.Disconnected);
                break;
            case FrameKind.AnswerWanted:
                Counters.Heartbeats++;
                break;
            case FrameKind.Paused:
                Announce(EventKind.Disconnected, FaultCode.None, receivedNanos);
                break;
            case FrameKind.Gapped:
                AnnounceFault(FaultCode.Gap);
                break;
        }

        return outcome;
    }

    /// <summary>
    /// Whether a book outlives the venue's word that it is served no more: it was subscribed anew, and is what it was
    /// until the new snapshot takes its place.
    /// </summary>
    public void KeepsUnsubscribed(int book, bool keeps)
    {
        if (keeps)
        {
            _kept.Add(book);
        }
        else
        {
            _kept.Remove(book);
        }
    }

    /// <inheritdoc/>
    public FrameOutcome OnSnapshot(int book, ReadOnlySpan<byte> body, long receivedNanos, long wish = 0)
    {
        _decoder.ReceivedNanos = receivedNanos;
        _decoder.SnapshotWish = wish;
        var outcome = TDialect.DecodeSnapshot(book, body, _decoder);
        _decoder.SnapshotWish = 0;
        Counters.DepthMessages = _decoder.DepthMessages;
        if (outcome.Kind == FrameKind.Failed)
        {
            CountFailed(outcome);   // the book still waits, whoever fetched the body tries again
        }

        return outcome;
    }

    /// <summary>Between two frames: the connection serves these books from now on.</summary>
    public void Serve(int[] books) => _books = books;

    /// <summary>Counts a message that waits for room outside of the decoder.</summary>
    public void NoteWait()
    {
        _decoder.NoteWait();
        Counters.RingFullWaits = _decoder.RingFullWaits;
    }

    /// <inheritdoc/>
    public void TellOwed()
    {
        if (_decoder.OwesEvents)
        {
            _decoder.TellOwed();
        }
    }

    /// <inheritdoc/>
    public void Announce(EventKind kind, FaultCode fault, long nanos)
    {
        if (kind == EventKind.Connecting)
        {
            _decoder.BeginConnection();
        }

        foreach (var book in _books)
        {
            Announce(book, kind, fault, nanos);
        }
    }

    /// <inheritdoc/>
    public void Announce(int book, EventKind kind, FaultCode fault, long nanos)
    {
        _decoder.ReceivedNanos = nanos;
        _decoder.Announce(book, kind, fault);
    }

    /// <inheritdoc/>
    public void Declare(int book, int priceScale, int quantityScale) =>
        _decoder.Declare(book, priceScale, quantityScale);

    /// <summary>
    /// What cannot be read may have been an update: the book it names has a hole, and if it names none, any of them
    /// may.
    /// </summary>
    private void OnFailed(FrameOutcome outcome)
    {
        CountFailed(outcome);
        if (outcome.Book != FrameOutcome.AllBooks)
        {
            _decoder.Announce(outcome.Book, EventKind.Fault, outcome.Fault);
            return;
        }

        AnnounceFault(outcome.Fault);
    }

    private void AnnounceFault(FaultCode fault)
    {
        foreach (var book in _books)
        {
            _decoder.Announce(book, EventKind.Fault, fault);
        }
    }

    private void CountFailed(FrameOutcome outcome)
    {
        if (outcome.Fault == FaultCode.RingFull)
        {
            Counters.RingFullDropped++;
        }
        else
        {
            Counters.DecodeErrors++;
        }
    }
}

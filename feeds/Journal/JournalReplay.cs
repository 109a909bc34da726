using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Replay;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>
/// A journaled run once more, from its file alone: the books that its header names, its events, and a report with the
/// figures and fingerprints of that run. One use; one thread.
/// </summary>
public sealed class JournalReplay : IDisposable
{
    private readonly JournalReader _journal;
    private readonly ManualClock _clock = new();
    private readonly BookTable _table;
    private readonly QuoterPipeline _pipeline;
    private readonly QuoteTally _quotes;
    private long _messages;
    private long _depthMessages;
    private long _unread;

    /// <summary>Prepares the books of a journal.</summary>
    /// <param name="journal">From its start; the caller disposes it.</param>
    /// <param name="structure">What keeps the books; the fingerprints are the same with all of them.</param>
    public JournalReplay(JournalReader journal, BookStructure structure = BookStructure.Ladder)
    {
        _journal = journal;
        _table = journal.Header.MakeTable();
        _pipeline = QuoterPipeline.Make(
            structure,
            _table,
            new PipelineOptions
            {
                Lanes = 1,
                Levels = journal.Header.Levels,
                EngineSleeps = false,
                PublisherSleeps = false,
            },
            _clock);
        _quotes = new QuoteTally(_pipeline);
    }

    /// <summary>Plays the journal to its end, or to where it is cut.</summary>
    /// <param name="onRecord">Called after each record, for progress; null: nobody.</param>
    /// <exception cref="JournalFormatException">The journal is damaged.</exception>
    public ReplayReport Run(Action? onRecord = null)
    {
        var started = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var events = JournalPlayer.Play(_journal, _pipeline, _clock, () => OnStep(onRecord));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var books = _pipeline.CopyBooks();
        return new ReplayReport
        {
            Venue = Venues(),
            Table = _table,
            Books = books,
            Frames = _messages,
            DepthEvents = _depthMessages,
            DecodeErrors = _unread,
            Quotes = _quotes.Count,
            StateHash = StateHash.Compute(_table, books),
            QuoteHash = _quotes.Hash(),
            ElapsedMillis = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            AllocatedBytesPerEvent = events == 0 ? 0 : (double)allocated / events,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _quotes.Dispose();
        _pipeline.Dispose();
    }

    private void OnStep(Action? onRecord)
    {
        _quotes.DoWork();
        if (_journal.Kind == JournalRecordKind.Event && (_journal.Event.Flags & EventFlags.Last) != 0)
        {
            _messages++;
            switch (_journal.Event.Kind)
            {
                case EventKind.Snapshot or EventKind.Update:
                    _depthMessages++;
                    break;
                case EventKind.Fault when _journal.Event.Fault is FaultCode.MalformedMessage
                    or FaultCode.MalformedNumber or FaultCode.MessageTooLarge or FaultCode.ScaleOverflow:
                    _unread++;
                    break;
            }
        }

        onRecord?.Invoke();
    }

    /// <summary>The venues of the books, each once.</summary>
    private string Venues()
    {
        var names = new List<string>();
        foreach (var book in _table.Definitions)
        {
            if (!names.Contains(book.Venue))
            {
                names.Add(book.Venue);
            }
        }

        return string.Join(',', names);
    }
}

using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Exchange.History;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>
/// The pipeline with the judge behind it on the same thread; when asked, it also compares whole books with the venues'
/// own. Threads: the engine's; questions by any.
/// </summary>
internal sealed class JudgedPipeline : IAgent
{
    private static readonly long CompareEvery = Stopwatch.Frequency / 20;

    private readonly QuoterPipeline _pipeline;
    private readonly BookHistory[] _histories;
    private readonly long[] _since;
    private readonly bool[] _isProven;
    private long _compared;
    private volatile bool _isAsked;
    private int _unproven;

    public JudgedPipeline(QuoterPipeline pipeline, BookHistory[] histories)
    {
        _pipeline = pipeline;
        _histories = histories;
        _since = new long[histories.Length];
        _isProven = new bool[histories.Length];
        Judge = new QuoteJudge(pipeline, histories);
    }

    public QuoteJudge Judge { get; }

    /// <summary>Books that were not yet found equal to the venue's own since they were asked about.</summary>
    public int Unproven => Volatile.Read(ref _unproven);

    /// <summary>Asks once: every book has to be live and equal to the venue's own of now or later.</summary>
    public void Ask()
    {
        for (var book = 0; book < _since.Length; book++)
        {
            _since[book] = _histories[book].Newest;
        }

        Volatile.Write(ref _unproven, _since.Length);
        _isAsked = true;
    }

    /// <summary>The books that are not proven, for a failure's message.</summary>
    public IEnumerable<string> Doubtful()
    {
        for (var book = 0; book < _isProven.Length; book++)
        {
            if (!_isProven[book])
            {
                var status = _pipeline.Table.Statuses[book];
                yield return $"{_histories[book].Venue} {_histories[book].Symbol} {status.State}, snapshots "
                    + $"{status.Snapshots}, updates {status.Updates}, gaps {status.Gaps}, faults {status.Faults}";
            }
        }
    }

    /// <inheritdoc/>
    public int DoWork()
    {
        var work = _pipeline.DoWork();
        if (work != 0)
        {
            Judge.Look();
        }

        if (_isAsked && Stopwatch.GetTimestamp() - _compared >= CompareEvery)
        {
            _compared = Stopwatch.GetTimestamp();
            Compare();
        }

        return work;
    }

    private void Compare()
    {
        for (var book = 0; book < _isProven.Length; book++)
        {
            // A checksum proves ten levels; what is wrong beneath them is found when it comes up.
            var depth = _histories[book].Venue == "kraken" ? 10 : _histories[book].Depth;
            if (!_isProven[book] && _pipeline.Table.Statuses[book].State == BookState.Live
                && Judge.IsEqualSince(book, _since[book], depth))
            {
                _isProven[book] = true;
                Volatile.Write(ref _unproven, _unproven - 1);
            }
        }
    }
}

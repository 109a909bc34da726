using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Reads every quote of a replay, none left out, counts them and takes their fingerprint. How the quotes of one
/// instrument stand among those of another depends on threads and says nothing: each has a fingerprint of its own.
/// Threads: one calls <see cref="DoWork"/>; the count by any.
/// </summary>
internal sealed class QuoteTally : IAgent, IDisposable
{
    private readonly QuoterPipeline _pipeline;
    private readonly QuoteReader[] _readers;
    private readonly QuoteHash[] _hashes;
    private readonly long[] _read;
    private long _count;

    public QuoteTally(QuoterPipeline pipeline)
    {
        _pipeline = pipeline;
        _readers = new QuoteReader[pipeline.Quotes.Count];
        _hashes = new QuoteHash[_readers.Length];
        _read = new long[_readers.Length];
        for (var instrument = 0; instrument < _readers.Length; instrument++)
        {
            _readers[instrument] = new QuoteReader(pipeline.Quotes[instrument]);
            _hashes[instrument] = new QuoteHash();
        }
    }

    /// <summary>Quotes read so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>True when every quote that is published has been read.</summary>
    public bool HasReadAll
    {
        get
        {
            for (var instrument = 0; instrument < _readers.Length; instrument++)
            {
                if (Volatile.Read(ref _read[instrument]) <= _pipeline.Quotes[instrument].Cursor)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A quote was overwritten before it was read.</exception>
    public int DoWork()
    {
        var before = _count;
        for (var instrument = 0; instrument < _readers.Length; instrument++)
        {
            var cursor = _pipeline.Quotes[instrument].Cursor;
            for (var next = _read[instrument]; next <= cursor; next++)
            {
                if (!_readers[instrument].TryRead(next))
                {
                    throw new InvalidOperationException(
                        $"quote {next} was overwritten before it was read: the ring is smaller than a batch");
                }

                _hashes[instrument].Add(_readers[instrument]);
                Volatile.Write(ref _count, _count + 1);
                Volatile.Write(ref _read[instrument], next + 1);
            }
        }

        return (int)(_count - before);
    }

    /// <summary>
    /// The fingerprint of all quotes: that of the only instrument, or SHA-256 over those of all, a line each in the
    /// instruments' order. No thread may be reading any more.
    /// </summary>
    public string Hash()
    {
        if (_hashes.Length == 1)
        {
            return _hashes[0].Current();
        }

        var lines = new StringBuilder();
        foreach (var hash in _hashes)
        {
            lines.Append(hash.Current()).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(lines.ToString())));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var hash in _hashes)
        {
            hash.Dispose();
        }
    }
}

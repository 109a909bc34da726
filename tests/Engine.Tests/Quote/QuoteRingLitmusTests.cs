using System;
using System.Threading;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Tests.Ring;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Quote;

[Category(Categories.Litmus)]
public sealed class QuoteRingLitmusTests
{
    private const int Levels = 20;

    [Test]
    public void NoReaderEverSeesATornQuote()
    {
        using var ring = new QuoteRing(Levels, 4);
        var done = false;
        var read = 0L;
        Race.Run(
            race =>
            {
                for (var quote = 0L; race.GoesOn; quote++)
                {
                    Write(ring, quote);
                    if ((quote & 0x3F) == 0)
                    {
                        Thread.Yield();
                    }
                }

                Volatile.Write(ref done, true);
            },
            race => Read(ring, everyChange: false, ref done, ref read),
            race => Read(ring, everyChange: true, ref done, ref read));

        Assert.That(read, Is.GreaterThan(100), "the readers read nothing");
    }

    /// <summary>
    /// The check of this test, on a reader that does not look at the version: the writer is stopped half way by hand.
    /// The real reader refuses the same moment.
    /// </summary>
    [Test]
    public void ReaderWithoutAVersionCheckIsCaught()
    {
        using var ring = new QuoteRing(Levels, 2);
        Write(ring, 0);
        Write(ring, 1);

        ring.BeginWrite(out var bids, out var asks);
        Fill(bids, 2);

        Assert.That(AllAre(bids, bids[0].Price) && AllAre(asks, bids[0].Price), Is.False,
            "half of quote 2, half of quote 0");
        var reader = new QuoteReader(ring);
        Assert.That(reader.TryRead(0), Is.False, "the slot is being written");
        Assert.That(reader.TryRead(2), Is.False, "not complete yet");
        Assert.That(reader.TryReadLatest(), Is.True);
        Assert.That(reader.Header.Sequence, Is.EqualTo(1));
    }

    private static void Write(QuoteRing ring, long quote)
    {
        ref var header = ref ring.BeginWrite(out var bids, out var asks);
        header.ReceivedNanos = quote;
        header.BidCount = Levels;
        header.AskCount = Levels;
        Fill(bids, quote);
        Fill(asks, quote);
        header.PublishedNanos = quote;
        ring.EndWrite();
    }

    private static void Fill(Span<QuoteRow> rows, long quote)
    {
        foreach (ref var row in rows)
        {
            (row.Price, row.Quantity, row.Member) = (quote, quote, (int)quote);
        }
    }

    private static void Read(QuoteRing ring, bool everyChange, ref bool done, ref long read)
    {
        var reader = new QuoteReader(ring);
        var count = 0L;
        for (var next = 0L; !Volatile.Read(ref done);)
        {
            if (everyChange ? reader.TryRead(next) : reader.TryReadLatest())
            {
                var quote = reader.Header.Sequence;
                Race.Demand(!everyChange || quote == next, $"asked for {next}, got {quote}");
                Race.Demand(everyChange || quote >= next, $"went back to {quote}");
                Race.Demand(
                    reader.Header.ReceivedNanos == quote && reader.Header.PublishedNanos == quote
                    && AllAre(reader.Bids, quote) && AllAre(reader.Asks, quote), $"quote {quote} is torn");
                next = everyChange ? quote + 1 : quote;
                count++;
            }
            else
            {
                Race.Demand(
                    count == 0
                    || (AllAre(reader.Bids, reader.Header.Sequence) && AllAre(reader.Asks, reader.Header.Sequence)),
                    "a quote that could not be read has spoiled the one before");
                next = Math.Max(0, ring.Cursor);
                Thread.Yield();
            }
        }

        Interlocked.Add(ref read, count);
    }

    private static bool AllAre(ReadOnlySpan<QuoteRow> rows, long quote)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.Price != quote || row.Quantity != quote || row.Member != (int)quote)
            {
                return false;
            }
        }

        return true;
    }
}

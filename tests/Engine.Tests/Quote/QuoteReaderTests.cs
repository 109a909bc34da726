using System;
using LowLatencyQuoter.Engine.Quote;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Quote;

public sealed class QuoteReaderTests
{
    private QuoteRing _ring = null!;
    private QuoteReader _reader = null!;

    [SetUp]
    public void MakeRing()
    {
        _ring = new QuoteRing(3, 4);
        _reader = new QuoteReader(_ring);
    }

    [TearDown]
    public void FreeRing() => _ring.Dispose();

    [Test]
    public void NothingCanBeReadBeforeTheFirstQuote()
    {
        Assert.That(_reader.TryReadLatest(), Is.False);
        Assert.That(_reader.TryRead(0), Is.False);
        Assert.That(_reader.TryRead(-1), Is.False);
    }

    [Test]
    public void QuotesAreNumberedWithoutAHole()
    {
        for (var quote = 0; quote < 10; quote++)
        {
            Write(100 + quote, 200);

            Assert.That(_reader.TryRead(quote), Is.True);
            Assert.That(_reader.Header.Sequence, Is.EqualTo(quote));
            Assert.That(_reader.Bids[0].Price, Is.EqualTo(100 + quote));
        }
    }

    [Test]
    public void ReaderThatIsOvertakenLearnsItAndGoesOnWithTheLatest()
    {
        for (var quote = 0; quote < 6; quote++)
        {
            Write(100 + quote, 200);
        }

        Assert.That(_reader.TryRead(1), Is.False, "overwritten by quote 5");
        Assert.That(_reader.TryRead(2), Is.True, "the oldest of the four that are kept");
        Assert.That(_reader.TryRead(6), Is.False, "not there yet");
        Assert.That(_reader.TryReadLatest(), Is.True);
        Assert.That(_reader.Header.Sequence, Is.EqualTo(5));
    }

    [Test]
    public void AHeaderAloneIsReadWhereTheWholeQuoteCouldBe()
    {
        for (var quote = 0; quote < 6; quote++)
        {
            Write(100 + quote, 200);
        }

        for (var sequence = -2; sequence < 9; sequence++)
        {
            var isThere = _ring.TryReadHeader(sequence, out var header);

            Assert.That(isThere, Is.EqualTo(_reader.TryRead(sequence)));
            Assert.That(header.Sequence, Is.EqualTo(isThere ? sequence : 0));
        }
    }

    [Test]
    public void QuoteThatCannotBeReadLeavesTheOneReadBefore()
    {
        Assert.That((_reader.Bids.Length, _reader.Asks.Length, _reader.HasSpread), Is.EqualTo((0, 0, false)));
        Write(100, 200);
        _reader.TryRead(0);
        Write(101, 200);

        foreach (var missing in new[] { -1L, 2L, 9L })
        {
            Assert.That(_reader.TryRead(missing), Is.False);
            Assert.That((_reader.Header.Sequence, _reader.Bids[0].Price), Is.EqualTo((0L, 100L)));
        }
    }

    [Test]
    public void AbandonedQuoteIsWrittenOverByTheNext()
    {
        Write(100, 200);
        ref var header = ref _ring.BeginWrite(out _, out _);
        header.BidCount = 3;

        Assert.That(_ring.Cursor, Is.Zero);

        Write(101, 200);

        Assert.That(_reader.TryRead(1), Is.True);
        Assert.That((_reader.Header.BidCount, _reader.Bids[0].Price), Is.EqualTo((1, 101L)));
    }

    [TestCase(100, 200, 100)]
    [TestCase(200, 100, -100)]
    public void SpreadIsBestAskLessBestBid(long bid, long ask, long spread)
    {
        Write(bid, ask);
        _reader.TryReadLatest();

        Assert.That((_reader.HasSpread, _reader.Spread), Is.EqualTo((true, spread)));
    }

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(0, 0)]
    public void WithAnEmptySideThereIsNoSpread(int bids, int asks)
    {
        ref var header = ref _ring.BeginWrite(out var bidRows, out var askRows);
        (header.BidCount, header.AskCount) = (bids, asks);
        bidRows[0].Price = 1;
        askRows[0].Price = 5;
        _ring.EndWrite();
        _reader.TryReadLatest();

        Assert.That((_reader.HasSpread, _reader.Spread), Is.EqualTo((false, 0L)));
        Assert.That((_reader.Bids.Length, _reader.Asks.Length), Is.EqualTo((bids, asks)));
    }

    [TestCase(0, 4)]
    [TestCase(1_001, 4)]
    [TestCase(10, 3)]
    [TestCase(10, 1)]
    [TestCase(10, 0)]
    public void SizesOutOfRangeAreRefused(int levels, int capacity) =>
        Assert.That(() => new QuoteRing(levels, capacity), Throws.InstanceOf<ArgumentException>());

    private void Write(long bid, long ask)
    {
        ref var header = ref _ring.BeginWrite(out var bids, out var asks);
        (header.BidCount, header.AskCount) = (1, 1);
        bids[0].Price = bid;
        asks[0].Price = ask;
        _ring.EndWrite();
    }
}

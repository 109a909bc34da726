using System;
using System.Linq;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Shm;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>What the engine quotes is what a reader of the file gets, or the reader is told that it is not.</summary>
public sealed class SharedQuotesTests
{
    private SharedHarness _quoter = null!;

    [SetUp]
    public void Start() => _quoter = new SharedHarness(ringBytes: 1 << 16);

    [TearDown]
    public void Stop() => _quoter.Dispose();

    [Test]
    public void TheLatestQuoteIsTheEngines()
    {
        _quoter.Market.GoLive();
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();

        Assert.That(quotes.ReadLatest(1, quote), Is.EqualTo(SharedRead.Quote));
        AssertSame(quote, _quoter.Pipeline.Quotes[1]);
        Assert.That(quote.Place, Is.EqualTo(1));
        Assert.That(quote.Epoch, Is.EqualTo(quotes.Epoch));
        Assert.That(quote.IsCrossed, Is.False);
        Assert.That(quote.Venues.ToArray().Select(venue => quotes.Venues[venue.Venue]),
            Is.EqualTo(new[] { "binance", "bitstamp", "kraken" }));
        Assert.That(quote.Venues.ToArray().Select(static venue => venue.State), Is.All.EqualTo((byte)3));
        Assert.That(quotes.Venues[quote.Venues[quote.CauseMember].Venue], Is.EqualTo("kraken"));
    }

    [Test]
    public void EveryChangeIsInTheRingInOrder()
    {
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        Assert.That(quotes.ReadNext(quote), Is.EqualTo(SharedRead.Nothing));
        _quoter.Market.GoLive();
        _quoter.Drive();
        for (var change = 0L; change <= quotes.Cursor; change++)
        {
            Assert.That(quotes.ReadNext(quote), Is.EqualTo(SharedRead.Quote));
            Assert.That(quote.Change, Is.EqualTo(change));
        }

        for (var update = 0; update < 500; update++)
        {
            var before = _quoter.Pipeline.Quotes[0].Cursor;
            _quoter.Market.Update(update % 3);
            _quoter.Drive();
            if (_quoter.Pipeline.Quotes[0].Cursor != before)
            {
                Assert.That(quotes.ReadNext(quote), Is.EqualTo(SharedRead.Quote));
                AssertSame(quote, _quoter.Pipeline.Quotes[0]);
            }
        }

        Assert.That(quotes.ReadNext(quote), Is.EqualTo(SharedRead.Nothing));
        Assert.That(quotes.Missed, Is.Zero);
        Assert.That(quotes.Lost, Is.Zero);
    }

    [Test]
    public void WhoIsOvertakenIsToldHowManyItLost()
    {
        _quoter.Market.GoLive();
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        var first = quotes.Cursor + 1;
        for (var update = 0L; update < 3 * quotes.RingSlots; update++)
        {
            _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, 1 + update);
            _quoter.Drive();
        }

        var read = 0L;
        var last = first - 1;
        while (quotes.ReadNext(quote) == SharedRead.Quote)
        {
            Assert.That(quote.Change, Is.EqualTo(first + quotes.Missed + read++), "no hole after the jump");
            last = quote.Change;
        }

        Assert.That(quotes.Missed, Is.GreaterThanOrEqualTo(2 * quotes.RingSlots));
        Assert.That(last, Is.EqualTo(quotes.Cursor));
        Assert.That(first + quotes.Missed + read, Is.EqualTo(quotes.Cursor + 1), "read and missed are all there were");
    }

    [Test]
    public unsafe void ASlotThatIsBeingWrittenIsNotRead()
    {
        _quoter.Market.GoLive();
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        quotes.ReadLatest(0, quote);
        var before = quote.Sequence;
        _quoter.Market.Update(0);
        _quoter.Drive();
        var slot = (QuoteRecord*)_quoter.File.Slots;
        slot->Version++;   // as if the writer had died in the midst of it

        Assert.That(quotes.ReadLatest(0, quote), Is.EqualTo(SharedRead.Torn));
        Assert.That(quote.Sequence, Is.EqualTo(before), "the copy before is still there");
        slot->Version++;
        Assert.That(quotes.ReadLatest(0, quote), Is.EqualTo(SharedRead.Quote));
        Assert.That(quote.Sequence, Is.GreaterThan(before));
    }

    [Test]
    public unsafe void ACopyThatTheWriterOvertookIsThrownAway()
    {
        _quoter.Market.GoLive();
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        quotes.ReadLatest(0, quote);
        var before = quote.Sequence;
        var version = ((QuoteRecord*)_quoter.File.Slots)->Version;
        _quoter.Market.Update(0);
        _quoter.Drive();

        Assert.That(quote.TryTake(_quoter.File.Slots, version), Is.False);
        Assert.That(quote.Sequence, Is.EqualTo(before));
        Assert.That(quote.TryTake(_quoter.File.Slots, ((QuoteRecord*)_quoter.File.Slots)->Version), Is.True);
    }

    [Test]
    public void ACrossIsFlagged()
    {
        _quoter.Market.GoLive();
        _quoter.Market.Set(0, Side.Bid, TestMarket.Mid + 10, 5);
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        quotes.ReadLatest(0, quote);

        Assert.That(quote.Bids[0].Price, Is.GreaterThanOrEqualTo(quote.Asks[0].Price));
        Assert.That(quote.IsCrossed, Is.True);
    }

    [Test]
    public void TheDirectoryNamesInstrumentsVenuesAndScales()
    {
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        Assert.That(quotes.ReadInstruments().Select(static one => (one.Name, one.Place, one.PriceScale)),
            Is.EqualTo(new[] { ("BTC/USDT", 0, 255), ("ETH/USDT", 1, 255) }));

        _quoter.Market.GoLive();
        _quoter.Drive();

        var instrument = quotes.ReadInstruments()[0];
        Assert.That((instrument.PriceScale, instrument.QuantityScale),
            Is.EqualTo((TestMarket.PriceScale, TestMarket.QuantityScale)));
        Assert.That(instrument.Venues, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void AnInstrumentThatComesOrGoesIsReflected()
    {
        _quoter.Market.GoLive();
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        var version = quotes.DirectoryVersion;
        Assert.That(quotes.ReadLatest(2, quote), Is.EqualTo(SharedRead.Nothing), "quotes of nobody are not published");

        _quoter.Directory.Add(new InstrumentSeat("SOL/USDT", 2));
        _quoter.Drive();
        Assert.That(quotes.DirectoryVersion, Is.Not.EqualTo(version));
        var added = quotes.ReadInstruments().Single(static one => one.Name == "SOL/USDT");
        Assert.That(quotes.ReadLatest(2, quote), Is.EqualTo(SharedRead.Quote), "what it quoted before it was named");
        Assert.That(quote.Generation, Is.EqualTo(added.Generation));

        _quoter.Directory.Remove(_quoter.Directory.Find("SOL/USDT")!);
        _quoter.Drive();
        Assert.That(
            quotes.ReadInstruments().Select(static one => one.Name), Is.EqualTo(new[] { "BTC/USDT", "ETH/USDT" }));
        Assert.That(quotes.ReadLatest(2, quote), Is.EqualTo(SharedRead.Nothing));

        _quoter.Directory.Add(new InstrumentSeat("DOGE/USDT", 2, _quoter.Pipeline.Quotes[2].Cursor + 1));
        _quoter.Drive();
        Assert.That(quotes.ReadLatest(2, quote), Is.EqualTo(SharedRead.Nothing), "no quote of the one before");
        _quoter.Market.Update(6);
        _quoter.Drive();
        Assert.That(quotes.ReadLatest(2, quote), Is.EqualTo(SharedRead.Quote));
        Assert.That(quote.Generation, Is.GreaterThan(added.Generation));
    }

    [Test]
    public void WhatTheWriterItselfIsTooLateForIsCounted()
    {
        using var small = new SharedHarness(quoteCapacity: 4);
        small.Market.GoLive(0);
        small.Drive();
        for (var update = 0; update < 20; update++)
        {
            small.Market.Set(0, Side.Bid, TestMarket.Mid - 1, 1 + update);
        }

        small.Drive();
        using var quotes = SharedQuotes.Open(small.Path);
        var quote = quotes.MakeQuote();

        Assert.That(quotes.Lost, Is.EqualTo(19), "the last one is always there");
        Assert.That(quotes.ReadLatest(0, quote), Is.EqualTo(SharedRead.Quote));
        Assert.That(quote.Sequence, Is.EqualTo(small.Pipeline.Quotes[0].Cursor));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void AQuoteIsWrittenAndReadWithoutAllocating()
    {
        _quoter.Market.GoLive();
        _quoter.Drive();
        using var quotes = SharedQuotes.Open(_quoter.Path);
        var quote = quotes.MakeQuote();
        Pass(quotes, quote);
        using (NoAllocation.Begin())
        {
            Pass(quotes, quote);
        }
    }

    private void Pass(SharedQuotes quotes, SharedQuote quote)
    {
        for (var update = 0; update < 200; update++)
        {
            _quoter.Market.Update(update % 3);
            _quoter.Drive();
            quotes.ReadLatest(0, quote);
            quotes.ReadNext(quote);
            quotes.CheckWriter(TimeSpan.FromMinutes(10));
        }
    }

    private static void AssertSame(SharedQuote quote, QuoteRing ring)
    {
        var engine = new QuoteReader(ring);
        engine.TryReadLatest();
        Assert.That(quote.Sequence, Is.EqualTo(engine.Header.Sequence));
        Assert.That(quote.ReceivedNanos, Is.EqualTo(engine.Header.ReceivedNanos));
        Assert.That(quote.PublishedNanos, Is.EqualTo(engine.Header.PublishedNanos));
        Assert.That((quote.PriceScale, quote.QuantityScale),
            Is.EqualTo(((int)engine.Header.PriceScale, (int)engine.Header.QuantityScale)));
        Assert.That(Rows(quote.Bids), Is.EqualTo(Rows(engine.Bids)));
        Assert.That(Rows(quote.Asks), Is.EqualTo(Rows(engine.Asks)));
    }

    private static (long, long, int)[] Rows(ReadOnlySpan<SharedRow> rows) =>
        Array.ConvertAll(rows.ToArray(), static row => (row.Price, row.Quantity, row.Member));

    private static (long, long, int)[] Rows(ReadOnlySpan<QuoteRow> rows) =>
        Array.ConvertAll(rows.ToArray(), static row => (row.Price, row.Quantity, row.Member));
}

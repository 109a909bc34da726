using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Server.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Quotes;

/// <summary>What a stream of <c>quoter.v1</c> carries, and what it says about what it does not carry.</summary>
public sealed class QuoteStreamTests
{
    private const long Second = 1_000_000_000;
    private static readonly SubscriptionTerms Latest = new(IsLatestOnly: true);
    private PublisherBench _bench = null!;

    [SetUp]
    public void Make()
    {
        _bench = new PublisherBench();
        _bench.Market.GoLive();
    }

    [TearDown]
    public void Free() => _bench.Dispose();

    [Test]
    public void TheCurrentQuoteComesFirstThenEveryChangeWithoutAHole()
    {
        var pipe = PublisherBench.Stream();
        _bench.Subscribe(pipe);
        var first = PublisherBench.Take(pipe).Single();
        Assert.That(first.EventCase, Is.EqualTo(StreamQuotesResponse.EventOneofCase.Quote));
        Assert.That(first.Quote.Bids, Has.Count.EqualTo(10));
        for (var tick = 1; tick <= 100; tick++)
        {
            _bench.Tick(tick);
        }

        var messages = PublisherBench.Take(pipe);
        Assert.That(
            messages.Select(static message => message.Quote.Sequence),
            Is.EqualTo(Enumerable.Range(1, 100).Select(number => first.Quote.Sequence + number)));
        Assert.That(
            messages.Select(static message => message.Quote.Bids[0].Quantity), Is.EqualTo(Enumerable.Range(1, 100)));
        Assert.That(messages.Select(static message => message.Replaced), Is.All.Zero);
        Assert.That(messages.Select(static message => message.Quote.Epoch), Is.All.EqualTo(_bench.Seats[0].Epoch));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task AClientTooFarBehindIsConflatedAndToldHowManyWereReplaced(bool gzip)
    {
        var pipe = PublisherBench.Stream(stalls: true);
        _bench.Subscribe(pipe, gzip: gzip);
        for (var tick = 1; tick <= 1_000; tick++)
        {
            _bench.Tick(tick);
        }

        var taken = PublisherBench.Take(pipe);
        await _bench.DriveUntilAsync(() => _bench.Publisher.Counters.Sent > taken.Count);
        taken.AddRange(PublisherBench.Take(pipe));
        Assert.That(taken[^1].Quote.Bids[0].Quantity, Is.EqualTo(1_000), "the last state arrives");
        Assert.That(taken[^1].Replaced, Is.EqualTo(999 - (ulong)(taken.Count - 2)));
        Assert.That(
            taken[^1].Quote.Sequence - taken[0].Quote.Sequence,
            Is.EqualTo(taken.Count - 1 + taken.Sum(static message => (long)message.Replaced)));
    }

    [Test]
    public async Task AClientTooFarBehindLosesItsStreamWhenItAskedForThat()
    {
        var pipe = PublisherBench.Stream(stalls: true);
        var subscriber = _bench.Subscribe(pipe, new SubscriptionTerms(EndsWhenBehind: true));
        for (var tick = 1; !subscriber.Ending.IsCompleted; tick++)
        {
            Assert.That(tick, Is.LessThan(1_000));
            _bench.Tick(tick);
        }

        Assert.That(subscriber.Released.IsCompleted, Is.False, "the pipe is still being flushed");
        PublisherBench.Take(pipe);
        await _bench.DriveUntilAsync(() => subscriber.Released.IsCompleted);
        Assert.That(await subscriber.Released, Is.Null);
        Assert.That(_bench.Publisher.Counters.Overrun, Is.EqualTo(1));
        Assert.That(_bench.Publisher.Counters.Subscribers, Is.Zero);
    }

    [Test]
    public void WhenTheServerItselfIsOvertakenTheStreamSaysSoOrEnds()
    {
        var (pipe, strict) = (PublisherBench.Stream(), PublisherBench.Stream());
        _bench.Subscribe(pipe);
        var subscriber = _bench.Subscribe(strict, new SubscriptionTerms(EndsWhenBehind: true));
        PublisherBench.Take(pipe);
        for (var tick = 1; tick <= 200; tick++)
        {
            _bench.Market.Set(0, Side.Bid, TestMarket.Mid - 1, tick);
        }

        _bench.Drive();
        Assert.That(PublisherBench.Take(pipe).Single().Replaced, Is.EqualTo(199UL));
        Assert.That(subscriber.IsOverrun, Is.True);
    }

    [Test]
    public async Task LatestOnlyHoldsOneMessageAndTellsWhatItReplaces()
    {
        var pipe = PublisherBench.Stream(stalls: true);
        _bench.Subscribe(pipe, Latest);
        for (var tick = 1; tick <= 1_000; tick++)
        {
            _bench.Tick(tick);
        }

        Assert.That(PublisherBench.Take(pipe), Has.Count.EqualTo(1), "one slot: nothing is queued");
        await _bench.DriveUntilAsync(() => _bench.Publisher.Counters.Sent == 2);
        var last = PublisherBench.Take(pipe).Single();
        Assert.That((last.Quote.Bids[0].Quantity, last.Replaced), Is.EqualTo((1_000L, 999UL)));
        Assert.That(_bench.Publisher.Counters.Conflated, Is.Zero, "it is what was asked for, not a lag");
    }

    [Test]
    public void TheIntervalIsKeptAndTheLastStateStillArrives()
    {
        var pipe = PublisherBench.Stream();
        _bench.Subscribe(pipe, Latest with { IntervalNanos = Second / 2 });
        Assert.That(PublisherBench.Take(pipe), Has.Count.EqualTo(1));
        _bench.Tick(1);
        _bench.Tick(2);
        Assert.That(PublisherBench.Take(pipe), Is.Empty);
        _bench.Clock.Nanos += Second / 2;
        _bench.Drive();
        var due = PublisherBench.Take(pipe).Single();
        Assert.That((due.Quote.Bids[0].Quantity, due.Replaced), Is.EqualTo((2L, 1UL)));
        _bench.Clock.Nanos += Second / 2;
        _bench.Drive();
        Assert.That(PublisherBench.Take(pipe), Is.Empty, "nothing changed");
        _bench.Tick(3);
        Assert.That(PublisherBench.Take(pipe).Single().Replaced, Is.Zero, "its time has passed: it goes at once");
    }

    [Test]
    public void ASilentInstrumentIsToldByAHeartbeatEachSecond()
    {
        var pipe = PublisherBench.Stream();
        _bench.Subscribe(pipe);
        var quote = PublisherBench.Take(pipe).Single().Quote;
        for (var beat = 1; beat <= 3; beat++)
        {
            _bench.Clock.Nanos += Second - 1;
            _bench.Drive();
            Assert.That(PublisherBench.Take(pipe), Is.Empty);
            _bench.Clock.Nanos += Second / 5;   // it is looked at ten times a second
            _bench.Drive();
            var heartbeat = PublisherBench.Take(pipe).Single().Heartbeat;
            Assert.That(
                (heartbeat.Symbol, heartbeat.Epoch, heartbeat.Sequence),
                Is.EqualTo(("BTC/USDT", quote.Epoch, quote.Sequence)));
            Assert.That(
                heartbeat.Venues.Select(static venue => venue.Venue), Is.EqualTo(["binance", "bitstamp", "kraken"]));
            Assert.That(
                heartbeat.Venues.Select(static venue => venue.AgeNanos), Is.All.GreaterThan(beat * (Second - 1)));
        }

        _bench.Tick(1);
        Assert.That(PublisherBench.Take(pipe).Single().Replaced, Is.Zero);
        Assert.That(_bench.Publisher.Counters.Heartbeats, Is.EqualTo(3));
    }

    [Test]
    public void ChangesBeyondTheLevelsAskedForAreNotSent()
    {
        var pipe = PublisherBench.Stream();
        _bench.Subscribe(pipe, levels: 2);
        Assert.That(PublisherBench.Take(pipe).Single().Quote.Bids, Has.Count.EqualTo(2));
        var cursor = _bench.Pipeline.Quotes[0].Cursor;
        _bench.Market.Set(0, Side.Bid, TestMarket.Mid - 15, 77);
        _bench.Market.Set(0, Side.Bid, TestMarket.Mid - 16, 78);
        _bench.Market.Set(0, Side.Bid, TestMarket.Mid - 17, 79);
        _bench.Drive();
        var before = PublisherBench.Take(pipe).Count;
        _bench.Market.Set(0, Side.Bid, TestMarket.Mid - 17, 80);
        _bench.Market.Set(0, Side.Bid, TestMarket.Mid - 17, 81);
        _bench.Drive();
        Assert.That(_bench.Pipeline.Quotes[0].Cursor, Is.GreaterThan(cursor + 2), "the quote did change");
        Assert.That(before, Is.LessThanOrEqualTo(2));
        Assert.That(PublisherBench.Take(pipe), Is.Empty);
        _bench.Tick(5);
        var seen = PublisherBench.Take(pipe).Single();
        Assert.That(seen.Replaced, Is.Zero, "nothing that could be seen was left out");
        Assert.That(seen.Quote.Sequence, Is.EqualTo(_bench.Pipeline.Quotes[0].Cursor + 1));
    }

    [Test]
    public void AClientThatComesBackMissesNothingWhileTheChangesAreThere()
    {
        var first = PublisherBench.Stream();
        var subscriber = _bench.Subscribe(first);
        _bench.Tick(1);
        var known = PublisherBench.Take(first)[^1].Quote.Sequence;
        subscriber.Stop();
        _bench.Drive();
        _bench.Tick(2);
        _bench.Tick(3);

        // 1. alone: out of the ring of quotes
        var alone = PublisherBench.Stream();
        _bench.Subscribe(alone, after: known - 1);
        Assert.That(PublisherBench.Take(alone).Select(static m => (m.Quote.Bids[0].Quantity, m.Replaced)),
            Is.EqualTo([(2L, 0UL), (3L, 0UL)]));

        // 2. beside others: out of the frames that they had
        var beside = PublisherBench.Stream();
        _bench.Tick(4);
        _bench.Subscribe(beside, after: known);
        Assert.That(PublisherBench.Take(beside).Select(static m => (m.Quote.Bids[0].Quantity, m.Replaced)),
            Is.EqualTo([(3L, 0UL), (4L, 0UL)]));

        // 3. with nothing new: the current quote once more
        var current = PublisherBench.Stream();
        _bench.Subscribe(current, after: _bench.Pipeline.Quotes[0].Cursor);
        Assert.That(PublisherBench.Take(current).Single().Quote.Sequence, Is.EqualTo(known + 3));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AClientThatComesBackTooLateIsToldHowManyItMissed(bool besideOthers)
    {
        var other = PublisherBench.Stream();
        _bench.Tick(1);
        var known = _bench.Pipeline.Quotes[0].Cursor;
        if (besideOthers)
        {
            _bench.Tick(2);
            _bench.Subscribe(other);
        }

        for (var tick = 10; tick < 510; tick++)
        {
            _bench.Tick(tick);
        }

        var pipe = PublisherBench.Stream();
        _bench.Subscribe(pipe, after: known);
        var message = PublisherBench.Take(pipe).Single();
        Assert.That(message.Quote.Bids[0].Quantity, Is.EqualTo(509));
        Assert.That(message.Replaced, Is.EqualTo((ulong)(_bench.Pipeline.Quotes[0].Cursor - known - 1)));
    }

    [Test]
    public async Task NoInstrumentOfAStreamStarvesAnother()
    {
        var pipe = PublisherBench.Stream(stalls: true);
        _bench.Subscribe(pipe, Latest, [0, 1]);
        var seen = PublisherBench.Take(pipe);
        for (var tick = 1; tick <= 40; tick++)
        {
            _bench.Tick(tick);
            _bench.Tick(tick, book: 3);
            var sent = _bench.Publisher.Counters.Sent;
            seen.AddRange(PublisherBench.Take(pipe));
            await _bench.DriveUntilAsync(() => _bench.Publisher.Counters.Sent > sent);
        }

        seen.AddRange(PublisherBench.Take(pipe));
        Assert.That(seen.Count(static message => message.Quote.Symbol == "BTC/USDT"), Is.GreaterThan(10));
        Assert.That(seen.Count(static message => message.Quote.Symbol == "ETH/USDT"), Is.GreaterThan(10));
    }

    [Test]
    public void AnInstrumentWithoutAQuoteBeatsUntilItHasOne()
    {
        using var bench = new PublisherBench();
        var pipe = PublisherBench.Stream();
        bench.Subscribe(pipe);
        Assert.That(PublisherBench.Take(pipe), Is.Empty);
        bench.Clock.Nanos += 2 * Second;
        bench.Drive();
        Assert.That(PublisherBench.Take(pipe).Single().Heartbeat.Sequence, Is.Zero);
        bench.Market.GoLive(0);
        bench.Drive();
        var quotes = PublisherBench.Take(pipe);
        Assert.That(quotes, Is.Not.Empty);
        Assert.That(quotes[0].Quote.Sequence, Is.EqualTo(1));
    }

    [Test]
    public void EveryoneWithTheSameWishGetsTheSameBytesFromOneFeed()
    {
        var pipes = Enumerable.Range(0, 5).Select(static _ => PublisherBench.Stream()).ToArray();
        foreach (var pipe in pipes)
        {
            _bench.Subscribe(pipe);
        }

        _bench.Tick(1);
        var bytes = pipes.Select(static pipe =>
        {
            pipe.Reader.TryRead(out var result);
            return System.Buffers.BuffersExtensions.ToArray(result.Buffer);
        }).ToArray();
        Assert.That(bytes[0], Is.Not.Empty);
        Assert.That(bytes, Is.All.EqualTo(bytes[0]));
    }
}

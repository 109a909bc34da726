using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Server.Tests.Grpc;

[Category(Categories.Loopback)]
public sealed class BookSummaryTests
{
    private QuoterHarness _quoter = null!;

    [SetUp]
    public async Task StartAsync() => _quoter = await QuoterHarness.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _quoter.DisposeAsync();

    [Test]
    public async Task TheCurrentBookComesFirstThenEveryChangeInOrder()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync();
        Assert.That(await call.ReadAsync(Summary.Parser), Is.EqualTo(Latest()));
        for (var update = 0; update < 300; update++)
        {
            var before = _quoter.Pipeline.Quotes[0].Cursor;
            _quoter.Market.Update(update % 3);
            if (_quoter.Pipeline.Quotes[0].Cursor != before)
            {
                Assert.That(await call.ReadAsync(Summary.Parser), Is.EqualTo(Latest()));
            }
        }

        Assert.That(_quoter.Publisher.Counters.Conflated, Is.Zero);
    }

    [Test]
    public async Task ABurstIsDeliveredWholeToAClientThatKeepsUp()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync();
        await call.ReadAsync();
        var expected = new List<Summary>();
        for (var update = 0; update < 200; update++)
        {
            var before = _quoter.Pipeline.Quotes[0].Cursor;
            _quoter.Market.Update(update % 3);
            if (_quoter.Pipeline.Quotes[0].Cursor != before)
            {
                expected.Add(Latest());
            }
        }

        foreach (var summary in expected)
        {
            Assert.That(await call.ReadAsync(Summary.Parser), Is.EqualTo(summary));
        }

        Assert.That(_quoter.Publisher.Counters.Conflated, Is.Zero);
    }

    [Test]
    public async Task NothingIsSentBeforeTheFirstQuote()
    {
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync();
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 1, "one subscriber");
        var first = call.ReadAsync(Summary.Parser);
        Assert.That(_quoter.Publisher.Counters.Sent, Is.Zero);
        _quoter.Market.GoLive(0);
        Assert.That((await first)?.Bids.Select(static level => level.Exchange), Has.All.EqualTo("binance"));
    }

    [Test]
    public async Task LevelsOfADeadVenueLeaveAndAnEmptyBookHasNoSpread()
    {
        _quoter.Market.GoLive(0);
        _quoter.Market.GoLive(1);
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync();
        await call.ReadAsync();
        _quoter.Market.Disconnect(1);
        var one = await call.ReadAsync(Summary.Parser);
        Assert.That(one!.Bids.Concat(one.Asks).Select(static level => level.Exchange), Has.All.EqualTo("binance"));
        _quoter.Market.Disconnect(0);
        Assert.That(await call.ReadAsync(Summary.Parser), Is.EqualTo(new Summary()));
    }

    [Test]
    public async Task ACrossBetweenVenuesIsANegativeSpread()
    {
        _quoter.Market.GoLive(0);
        _quoter.Market.GoLive(1);
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync();
        await call.ReadAsync();
        _quoter.Market.Set(1, Side.Ask, TestMarket.Mid - 12, 1);
        Assert.That((await call.ReadAsync(Summary.Parser))?.Spread, Is.EqualTo(-0.02));
    }

    [Test]
    public async Task ADeadlineEndsAnIdleStream()
    {
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync("100m");
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(_quoter.Publisher.Counters.Subscribers, Is.Zero);
    }

    [Test]
    public async Task ADeadlineEndsABusyStream()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync("300m");
        var end = call.EndAsync();
        for (var update = 0; !end.IsCompleted; update++)
        {
            _quoter.Market.Update(update % 3);
            await Task.Delay(1);
        }

        Assert.That(await end, Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task AThousandCanceledSubscriptionsLeaveNothing()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client();
        for (var cycle = 0; cycle < 1_000; cycle += 20)
        {
            var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.SubscribeAsync()));
            _quoter.Market.Update(0);
            foreach (var call in calls)
            {
                Assert.That(await call.ReadAsync(), Is.Not.Null);
                call.Dispose();
            }
        }

        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "no subscriber is left");
        Assert.That(_quoter.Publisher.Counters.Broken, Is.Zero);
        Assert.That(_quoter.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task TwoHundredSubscribersGetTheSameQuotes()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client();
        var calls = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.SubscribeAsync()));
        foreach (var call in calls)
        {
            Assert.That(await call.ReadAsync(), Is.Not.Null);
        }

        Assert.That(_quoter.Publisher.Counters.Subscribers, Is.EqualTo(200));
        for (var update = 0; update < 10; update++)
        {
            _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, update + 1);
            var latest = Latest();
            var received = await Task.WhenAll(calls.Select(static call => call.ReadAsync(Summary.Parser)));
            Assert.That(received, Has.All.EqualTo(latest));
        }

        foreach (var call in calls)
        {
            call.Dispose();
        }
    }

    [Test]
    public async Task AStalledSubscriberHoldsUpNobodyAndGetsTheLastQuote()
    {
        _quoter.Market.GoLive();
        using var slowClient = _quoter.Client(static handler => handler.InitialHttp2StreamWindowSize = 65_535);
        using var fastClient = _quoter.Client();
        using var slow = await slowClient.SubscribeAsync();
        using var fast = await fastClient.SubscribeAsync();
        await fast.ReadAsync();
        await slow.ReadAsync();

        // 1. one client takes nothing any more until it is conflated; the other gets each change
        for (var update = 0L; _quoter.Publisher.Counters.Conflated < 500; update++)
        {
            Assert.That(update, Is.LessThan(20_000), "the stalled client was never conflated");
            _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, update + 1);
            Assert.That((await fast.ReadAsync(Summary.Parser))?.Bids[0].Amount, Is.EqualTo((update + 1) / 1e8));
        }

        // 2. nothing further happens in the market: what it gets in the end is the last state
        _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, 123_456_789);
        var last = Latest();
        Assert.That(await fast.ReadAsync(Summary.Parser), Is.EqualTo(last));
        var received = 0;
        for (var summary = await slow.ReadAsync(Summary.Parser); !summary!.Equals(last); received++)
        {
            summary = await slow.ReadAsync(Summary.Parser);
        }

        Assert.That(_quoter.Publisher.Counters.Conflated, Is.GreaterThanOrEqualTo(500));
        TestContext.Out.WriteLine($"messages buffered for the stalled client: {received}");

        // 3. and it is a subscriber like any other again
        _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, 1);
        Assert.That((await slow.ReadAsync(Summary.Parser))?.Bids[0].Amount, Is.EqualTo(1e-8));
    }

    [Test]
    public async Task AStalledSubscriberLosesItsStreamAtItsDeadline()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client(static handler => handler.InitialHttp2StreamWindowSize = 65_535);
        using var call = await client.SubscribeAsync("700m");
        await StallAsync();
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "the stream is given up");
        Assert.That(async () => await call.EndAsync(), Throws.InstanceOf<System.IO.IOException>());
    }

    [Test]
    public async Task StreamsEndUnavailableWhenTheServerStops()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client();
        var calls = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.SubscribeAsync()));
        var stop = _quoter.StopServingAsync();
        foreach (var call in calls)
        {
            Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
            Assert.That(call.Message, Is.EqualTo("the server is shutting down"));
        }

        await stop.WaitAsync(TimeSpan.FromSeconds(2));
        Assert.That(_quoter.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task AStalledStreamDoesNotHoldUpTheStop()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client(static handler => handler.InitialHttp2StreamWindowSize = 65_535);
        using var call = await client.SubscribeAsync();
        await StallAsync();
        await _quoter.StopServingAsync().WaitAsync(TimeSpan.FromSeconds(3));
    }

    [Test]
    public async Task ABrokenConnectionEndsItsSubscriptions()
    {
        _quoter.Market.GoLive();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var client = _quoter.Client(handler => handler.ConnectCallback = async (context, cancellation) =>
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket);
        });
        var calls = new List<GrpcTestCall>();
        for (var count = 0; count < 5; count++)
        {
            calls.Add(await client.SubscribeAsync());
        }

        await Task.WhenAll(calls.Select(static call => call.ReadAsync()));
        socket.Close(0);   // a reset: no goodbye
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "no subscriber is left");
        Assert.That(_quoter.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task OneSubscriberTooManyIsRefused()
    {
        await using var quoter = await QuoterHarness.StartAsync(subscribersMax: 1);
        using var client = quoter.Client();
        using (await client.SubscribeAsync())
        {
            await Eventually.That(() => quoter.Publisher.Counters.Subscribers == 1, "one subscriber");
            using var refused = await client.SubscribeAsync();
            Assert.That(await refused.EndAsync(), Is.EqualTo(StatusCode.ResourceExhausted));
        }

        await Eventually.That(() => quoter.Publisher.Counters.Subscribers == 0, "no subscriber is left");
        using var accepted = await client.SubscribeAsync("50m");
        Assert.That(await accepted.EndAsync(), Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task AClosedPublisherLetsGoOfItsStreams()
    {
        using var client = _quoter.Client();
        using var call = await client.SubscribeAsync();
        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 1, "one subscriber");
        _quoter.StopPublishing();
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
        using var late = await client.SubscribeAsync();
        Assert.That(await late.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
    }

    /// <summary>Publishes until the client, which reads nothing, takes nothing any more and is conflated.</summary>
    private async Task StallAsync()
    {
        var quiet = 0;
        for (var update = 0L; quiet < 300 || _quoter.Publisher.Counters.Conflated == 0; update++)
        {
            Assert.That(update, Is.LessThan(20_000), "the stalled client was never conflated");
            var before = _quoter.Publisher.Counters.Sent;
            _quoter.Market.Set(0, Side.Bid, TestMarket.Mid - 1, update + 1);
            if (update % 10 == 0)
            {
                await Task.Delay(1);
            }

            quiet = _quoter.Publisher.Counters.Sent == before ? quiet + 1 : 0;
        }
    }

    private Summary Latest()
    {
        var reader = new QuoteReader(_quoter.Pipeline.Quotes[0]);
        reader.TryReadLatest();
        return GoldenSummary.Of(reader, _quoter.Pipeline.Table.Definitions);
    }
}

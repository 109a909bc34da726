using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Quotes;

/// <summary><c>quoter.v1.QuoteService</c> over real sockets.</summary>
[Category(Categories.Loopback)]
public sealed class QuoteServiceTests
{
    private const string List = "/quoter.v1.QuoteService/ListInstruments";
    private const string Get = "/quoter.v1.QuoteService/GetQuote";
    private const string Stream = "/quoter.v1.QuoteService/StreamQuotes";
    private const string Status = "/quoter.v1.QuoteService/StreamVenueStatus";
    private QuoterHarness _quoter = null!;
    private GrpcTestClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _client = _quoter.Client();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _quoter.DisposeAsync();
    }

    [Test]
    public async Task InstrumentsAreListedWithTheirVenuesAndFees()
    {
        _quoter.Market.GoLive(3);
        using var call = await _client.SendAsync(List, new ListInstrumentsRequest());
        var list = (await call.ReadAsync(ListInstrumentsResponse.Parser))!.Instruments;
        Assert.That(list.Select(static one => one.Symbol), Is.EqualTo(["BTC/USDT", "ETH/USDT"]));
        Assert.That(list.Select(static one => one.Serving), Is.EqualTo([false, true]));
        Assert.That((list[1].BaseAsset, list[1].QuoteAsset, list[1].Levels), Is.EqualTo(("ETH", "USDT", 10u)));
        Assert.That(list[1].Epoch, Is.GreaterThan(list[0].Epoch));
        Assert.That(
            list[0].Venues.Select(static venue => (venue.Venue, venue.Symbol, venue.MakerFee, venue.TakerFee)),
            Is.EqualTo(
            [
                ("binance", "BTCUSDT", "0.001", "0.001"),
                ("bitstamp", "BTCUSDT", "0.001", "0.001"),
                ("kraken", "BTCUSDT", "-0.0001", "0.0026"),
            ]));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [TestCase("", "BTC/USDT")]
    [TestCase("eth/usdt", "ETH/USDT")]
    public async Task AQuoteIsTheCurrentOne(string symbol, string expected)
    {
        _quoter.Market.GoLive();
        using var call = await _client.SendAsync(Get, new GetQuoteRequest { Symbol = symbol, Levels = 3 });
        var quote = await call.ReadAsync(Quote.Parser);
        Assert.That((quote!.Symbol, quote.Bids.Count, quote.Asks.Count), Is.EqualTo((expected, 3, 3)));
        Assert.That(quote.Venues.Select(static venue => venue.State), Is.All.EqualTo(BookState.Live));
        Assert.That(quote.Spread, Is.EqualTo(quote.Asks[0].Price - quote.Bids[0].Price));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [Test]
    public async Task ThereIsNoQuoteBeforeTheFirst()
    {
        using var call = await _client.SendAsync(Get, new GetQuoteRequest());
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unavailable));
        Assert.That(call.Message, Does.StartWith("BTC/USDT has no quote yet"));
    }

    [TestCase("""{"symbol":"DOGE/USDT"}""", StatusCode.NotFound,
        "symbol: no instrument 'DOGE/USDT'; there are BTC/USDT, ETH/USDT")]
    [TestCase("""{"symbol":"BTC/USD"}""", StatusCode.NotFound,
        "symbol: no instrument 'BTC/USD'; did you mean BTC/USDT?")]
    [TestCase("""{"levels":1001}""", StatusCode.InvalidArgument,
        "levels is 1001: ask for 1 to 1000, or 0 for as many as the server keeps")]
    [TestCase("""{"levels":11}""", StatusCode.FailedPrecondition,
        "levels is 11, and this server keeps 10: ask for fewer, or start it with --levels 11 "
        + "(setting levels, up to 1000)")]
    [TestCase("""{"view":{"prices":7}}""", StatusCode.InvalidArgument,
        "view.prices: there is no value 7; it is RAW (1) or FEE_ADJUSTED (2)")]
    public async Task ABadRequestForAQuoteIsRefusedByName(string json, StatusCode status, string message)
    {
        _quoter.Market.GoLive();
        using var call = await _client.SendAsync(Get, JsonParser.Default.Parse<GetQuoteRequest>(json));
        Assert.That((await call.EndAsync(), call.Message), Is.EqualTo((status, message)));
    }

    [TestCase("""{"symbols":["BTC/USDT","btc/usdt"]}""", StatusCode.InvalidArgument,
        "symbols[1]: BTC/USDT is named twice; name each instrument once")]
    [TestCase("""{"symbols":[""]}""", StatusCode.InvalidArgument,
        "symbols[0] is empty: name an instrument, or leave symbols out for the default one")]
    [TestCase("""{"symbols":["BTC/USDT","ETH/USD"]}""", StatusCode.NotFound,
        "symbols[1]: no instrument 'ETH/USD'; did you mean ETH/USDT?")]
    [TestCase("""{"mode":9}""", StatusCode.InvalidArgument,
        "mode: there is no value 9; it is EVERY_CHANGE (1) or LATEST (2)")]
    [TestCase("""{"overflow":9}""", StatusCode.InvalidArgument,
        "overflow: there is no value 9; it is CONFLATE (1) or END_STREAM (2)")]
    [TestCase("""{"mode":2,"minIntervalMillis":60001}""", StatusCode.InvalidArgument,
        "min_interval_millis is 60001: it is 0 to 60000 milliseconds")]
    [TestCase("""{"minIntervalMillis":5}""", StatusCode.InvalidArgument,
        "min_interval_millis is for mode LATEST: set that mode, or leave the interval out")]
    [TestCase("""{"mode":2,"overflow":2}""", StatusCode.InvalidArgument,
        "overflow END_STREAM is for mode EVERY_CHANGE: set that mode, or leave overflow out")]
    [TestCase("""{"resume":[{"symbol":"ETH/USDT","sequence":1}]}""", StatusCode.InvalidArgument,
        "resume[0].symbol 'ETH/USDT' is not among symbols: add it there, or drop it")]
    [TestCase("""{"resume":[{"symbol":"BTC/USDT"}]}""", StatusCode.InvalidArgument,
        "resume[0].sequence is 0: it is that of a quote, 1 or more")]
    public async Task ABadRequestForAStreamIsRefusedByName(string json, StatusCode status, string message)
    {
        using var call = await _client.SendAsync(Stream, JsonParser.Default.Parse<StreamQuotesRequest>(json));
        Assert.That((await call.EndAsync(), call.Message), Is.EqualTo((status, message)));
    }

    [TestCase("""{"venues":["krakn"]}""", StatusCode.NotFound,
        "venues[0]: no venue 'krakn' (did you mean 'kraken'?); there are binance, bitstamp, kraken")]
    [TestCase("""{"venues":["kraken","kraken"]}""", StatusCode.InvalidArgument,
        "venues[1]: kraken is named twice; name each venue once")]
    [TestCase("""{"symbols":["ETH/USD"]}""", StatusCode.NotFound,
        "symbols[0]: no instrument 'ETH/USD'; did you mean ETH/USDT?")]
    public async Task ABadRequestForStatesIsRefusedByName(string json, StatusCode status, string message)
    {
        using var call = await _client.SendAsync(Status, JsonParser.Default.Parse<StreamVenueStatusRequest>(json));
        Assert.That((await call.EndAsync(), call.Message), Is.EqualTo((status, message)));
    }

    [Test]
    public async Task AStreamOfTwoInstrumentsCarriesTheChangesOfBoth()
    {
        _quoter.Market.GoLive();
        using var call = await _client.SendAsync(
            Stream, new StreamQuotesRequest { Symbols = { "ETH/USDT", "BTC/USDT" } });
        var first = await call.ReadAsync(StreamQuotesResponse.Parser);
        var second = await call.ReadAsync(StreamQuotesResponse.Parser);
        Assert.That(
            new[] { first!.Quote.Symbol, second!.Quote.Symbol }, Is.EquivalentTo(["BTC/USDT", "ETH/USDT"]));
        _quoter.Market.Set(0, Engine.Model.Side.Bid, TestMarket.Mid - 1, 1);
        Assert.That((await call.ReadAsync(StreamQuotesResponse.Parser))!.Quote.Symbol, Is.EqualTo("BTC/USDT"));
        _quoter.Market.Set(4, Engine.Model.Side.Bid, TestMarket.Mid - 1, 1);
        Assert.That((await call.ReadAsync(StreamQuotesResponse.Parser))!.Quote.Symbol, Is.EqualTo("ETH/USDT"));
    }

    [Test]
    public async Task AStreamGoesOnWhereItEnded()
    {
        _quoter.Market.GoLive();
        Quote known;
        using (var call = await _client.SendAsync(Stream, new StreamQuotesRequest()))
        {
            known = (await call.ReadAsync(StreamQuotesResponse.Parser))!.Quote;
        }

        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "the first stream is gone");
        for (var update = 1; update <= 5; update++)
        {
            _quoter.Market.Set(0, Engine.Model.Side.Bid, TestMarket.Mid - 1, update);
        }

        var resume = new Resume { Symbol = "BTC/USDT", Epoch = known.Epoch, Sequence = known.Sequence };
        using var again = await _client.SendAsync(Stream, new StreamQuotesRequest { Resume = { resume } });
        for (var update = 1; update <= 5; update++)
        {
            var message = await again.ReadAsync(StreamQuotesResponse.Parser);
            Assert.That(message!.Quote.Sequence, Is.EqualTo(known.Sequence + update));
            Assert.That(message.Quote.Bids[0].Quantity, Is.EqualTo(update));
        }
    }

    [Test]
    public async Task AnotherEpochBeginsWithTheCurrentQuote()
    {
        _quoter.Market.GoLive();
        var resume = new Resume { Symbol = "BTC/USDT", Epoch = 1, Sequence = 1 };
        using var call = await _client.SendAsync(Stream, new StreamQuotesRequest { Resume = { resume } });
        var message = await call.ReadAsync(StreamQuotesResponse.Parser);
        Assert.That(message!.Quote.Sequence, Is.EqualTo(_quoter.Pipeline.Quotes[0].Cursor + 1));
        Assert.That(message.Replaced, Is.Zero);
    }

    [TestCase(Stream)]
    [TestCase(GrpcTestClient.BookSummary)]
    public async Task AStreamIsCompressedWhenItsClientAsksForThat(string path)
    {
        _quoter.Market.GoLive();
        using var call = await _client.SendAsync(path, [GrpcTestClient.Frame([])], static request =>
        {
            request.Headers.Add("grpc-accept-encoding", "identity, gzip");
            request.Headers.Add("response-encoding", "gzip");
        });
        Assert.That(call.Response.Headers.GetValues("grpc-encoding"), Is.EqualTo(["gzip"]));
        for (var update = 1; update <= 3; update++)
        {
            var (compressed, bytes) = await call.ReadRawAsync();
            Assert.That(compressed, Is.True);
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            await gzip.CopyToAsync(plain);
            var rows = path == Stream
                ? StreamQuotesResponse.Parser.ParseFrom(plain.ToArray()).Quote.Bids.Count
                : Orderbook.Summary.Parser.ParseFrom(plain.ToArray()).Bids.Count;
            Assert.That(rows, Is.EqualTo(10));
            _quoter.Market.Set(0, Engine.Model.Side.Bid, TestMarket.Mid - 1, update);
        }
    }

    [Test]
    public async Task AStreamStaysPlainForAClientThatDoesNotAcceptMore()
    {
        _quoter.Market.GoLive();
        using var call = await _client.SendAsync(
            Stream,
            [GrpcTestClient.Frame([])],
            static request => request.Headers.Add("response-encoding", "gzip"));
        Assert.That(call.Response.Headers.Contains("grpc-encoding"), Is.False);
        Assert.That((await call.ReadRawAsync()).Compressed, Is.False);
    }

    [Test]
    public async Task StatesOfVenuesComeWholeFirstAndThenAsTheyChange()
    {
        _quoter.Market.GoLive(1);
        using var call = await _client.SendAsync(Status, new StreamVenueStatusRequest { Symbols = { "BTC/USDT" } });
        var all = (await call.ReadAsync(StreamVenueStatusResponse.Parser))!;
        Assert.That(
            all.Books.Select(static book => (book.Symbol, book.Venue, book.State)),
            Is.EqualTo(
            [
                ("BTC/USDT", "binance", BookState.Disconnected),
                ("BTC/USDT", "bitstamp", BookState.Live),
                ("BTC/USDT", "kraken", BookState.Disconnected),
            ]));
        Assert.That(all.Books.Select(static book => book.HasAgeNanos), Is.EqualTo([false, true, false]));
        _quoter.Market.Disconnect(1);
        var change = (await call.ReadAsync(StreamVenueStatusResponse.Parser))!;
        Assert.That(change.Books.Single().Venue, Is.EqualTo("bitstamp"));
        Assert.That(change.Books[0].State, Is.EqualTo(BookState.Disconnected));
        Assert.That(change.Books[0].SinceNanos, Is.GreaterThan(all.Books[1].SinceNanos));
        _quoter.Clock.Nanos += 1_000_000_000;
        var beat = (await call.ReadAsync(StreamVenueStatusResponse.Parser))!;
        Assert.That(beat.Books, Is.Empty, "a heartbeat");
        Assert.That(beat.PublishTimeNanos - change.PublishTimeNanos, Is.GreaterThanOrEqualTo(1_000_000_000));
    }

    [Test]
    public async Task AStreamTooFarBehindEndsWhenItsClientAskedForThat()
    {
        _quoter.Market.GoLive();
        using var client = _quoter.Client(static handler => handler.InitialHttp2StreamWindowSize = 65_535);
        using var call = await client.SendAsync(Stream, new StreamQuotesRequest { Overflow = Overflow.EndStream });
        for (var update = 1; _quoter.Publisher.Counters.Overrun == 0; update++)
        {
            Assert.That(update, Is.LessThan(200_000), "the stalled client was never given up");
            _quoter.Market.Set(0, Engine.Model.Side.Bid, TestMarket.Mid - 1, update);
            if (update % 10 == 0)
            {
                await Task.Delay(1);
            }
        }

        // Either the status arrives behind what is buffered, or the stream was reset because nothing was taken.
        Assert.That(_quoter.Publisher.Counters.Subscribers, Is.Zero);
        try
        {
            Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.ResourceExhausted));
            Assert.That(call.Message, Does.StartWith("the client is too far behind"));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            Assert.That(e.ToString(), Does.Contain("CANCEL"));
        }
    }

    [Test]
    public async Task AThousandCanceledStreamsLeaveNothing()
    {
        _quoter.Market.GoLive();
        for (var cycle = 0; cycle < 50; cycle++)
        {
            var calls = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => _client.SendAsync(
                Stream,
                new StreamQuotesRequest
                {
                    Symbols = { "BTC/USDT", "ETH/USDT" },
                    Levels = (uint)(number % 3) + 1,
                })));
            foreach (var call in calls)
            {
                Assert.That(await call.ReadAsync(), Is.Not.Null);
                call.Dispose();
            }
        }

        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "no subscriber is left");
        Assert.That(_quoter.Publisher.FeedCount, Is.EqualTo(6), "one for each instrument and level count");
        Assert.That(_quoter.Log.Lines, Is.Empty);
    }
}

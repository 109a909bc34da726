using System.Collections.Generic;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Wire.Grpc;
using Orderbook;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// <c>orderbook.OrderbookAggregator/BookSummary</c>: the current book of one instrument, then every change. The
/// contract's request is empty, so the default instrument is streamed, unless the request metadata <c>symbol</c> names
/// another.
/// </summary>
public sealed class BookSummaryMethod
{
    /// <summary>Full name of the service.</summary>
    public const string Service = "orderbook.OrderbookAggregator";

    /// <summary>Name of the method.</summary>
    public const string Name = "BookSummary";

    private readonly QuotePublisher _publisher;
    private readonly InstrumentDirectory _instruments;

    /// <summary>Streams the given instruments, the first by default.</summary>
    public BookSummaryMethod(QuotePublisher publisher, IReadOnlyList<string> instruments)
        : this(publisher, new InstrumentDirectory(instruments))
    {
    }

    /// <summary>Streams the instruments of a directory, its default one by default.</summary>
    public BookSummaryMethod(QuotePublisher publisher, InstrumentDirectory instruments)
    {
        _publisher = publisher;
        _instruments = instruments;
    }

    /// <summary>Registers the method.</summary>
    public void AddTo(GrpcServices services) => services.Add(Service, Name, InvokeAsync);

    private async Task<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(Empty.Parser).ConfigureAwait(false);
        var instrument = Find(call.Metadata("symbol"));
        call.TakeSymbols(1);
        await call.StartAsync().ConfigureAwait(false);
        var subscriber = Subscribe(call, instrument)
            ?? throw new GrpcException(new GrpcStatus(StatusCode.ResourceExhausted, "too many subscribers"));
        var error = await SubscriberEnd.AwaitAsync(call, subscriber, instrument.Retired).ConfigureAwait(false);
        return call.End != CallEnd.None
            ? call.EndStatus
            : instrument.Retired.IsCompleted ? Removed(instrument)
            : new GrpcStatus(StatusCode.Unavailable, error is null ? "the stream is over" : "the stream broke");
    }

    private QuoteSubscriber? Subscribe(GrpcCall call, InstrumentSeat instrument) => call.IsCompressed
        ? _publisher.TrySubscribe(
            [(new FeedKey(instrument, null, true), -1)], new SubscriptionTerms(), call.Output)
        : _publisher.TrySubscribe(instrument.Place, call.Output);

    private InstrumentSeat Find(string? symbol) =>
        symbol is null ? _instruments.Default : _instruments.Find(symbol) ?? throw new GrpcException(new GrpcStatus(
            StatusCode.NotFound, $"no instrument '{symbol}'; there are {_instruments.Names}"));

    private static GrpcStatus Removed(InstrumentSeat instrument) =>
        new(StatusCode.NotFound, $"{instrument.Name} is quoted no more");
}

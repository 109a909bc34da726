using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;
using Orderbook;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// <c>orderbook.OrderbookAggregator/BookSummary</c>: the current book of one instrument, then every change.
/// </summary>
public sealed class BookSummaryMethod
{
    /// <summary>Full name of the service.</summary>
    public const string Service = "orderbook.OrderbookAggregator";

    /// <summary>Name of the method.</summary>
    public const string Name = "BookSummary";

    /// <summary>How long a client that takes nothing is waited for when its stream is to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private readonly QuotePublisher _publisher;
    private readonly int _instrument;

    /// <summary>Streams instrument number <paramref name="instrument"/>.</summary>
    public BookSummaryMethod(QuotePublisher publisher, int instrument = 0)
    {
        _publisher = publisher;
        _instrument = instrument;
    }

    /// <summary>Registers the method.</summary>
    public void AddTo(GrpcServices services) => services.Add(Service, Name, InvokeAsync);

    private async Task<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(Empty.Parser).ConfigureAwait(false);
        await call.StartAsync().ConfigureAwait(false);
        var subscriber = _publisher.TrySubscribe(_instrument, call.Output)
            ?? throw new GrpcException(new GrpcStatus(StatusCode.ResourceExhausted, "too many subscribers"));
        var stop = call.Cancellation.UnsafeRegister(static self => ((QuoteSubscriber)self!).Stop(), subscriber);
        await using (stop.ConfigureAwait(false))
        {
            // 1. until the call is ended from outside or the stream breaks
            var ended = Task.Delay(Timeout.Infinite, call.Cancellation);
            await Task.WhenAny(subscriber.Released, ended).ConfigureAwait(false);

            // 2. the publisher lets go between two flushes; a client that holds one up loses its stream
            try
            {
                await subscriber.Released.WaitAsync(Grace).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                call.Reset();
            }

            var error = await subscriber.Released.ConfigureAwait(false);
            return call.End != CallEnd.None
                ? call.EndStatus
                : new GrpcStatus(StatusCode.Unavailable, error is null ? "the stream is over" : "the stream broke");
        }
    }
}

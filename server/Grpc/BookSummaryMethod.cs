using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
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

    /// <summary>How long a client that takes nothing is waited for when its stream is to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private readonly QuotePublisher _publisher;
    private readonly IReadOnlyList<string> _instruments;

    /// <summary>Streams the given instruments, the first by default.</summary>
    public BookSummaryMethod(QuotePublisher publisher, IReadOnlyList<string> instruments)
    {
        _publisher = publisher;
        _instruments = instruments;
    }

    /// <summary>Registers the method.</summary>
    public void AddTo(GrpcServices services) => services.Add(Service, Name, InvokeAsync);

    private async Task<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(Empty.Parser).ConfigureAwait(false);
        var instrument = Instrument(call.Metadata("symbol"));
        await call.StartAsync().ConfigureAwait(false);
        var subscriber = _publisher.TrySubscribe(instrument, call.Output)
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

    private int Instrument(string? symbol)
    {
        if (symbol is null)
        {
            return 0;
        }

        for (var index = 0; index < _instruments.Count; index++)
        {
            if (_instruments[index].Equals(symbol, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        throw new GrpcException(new GrpcStatus(
            StatusCode.NotFound, $"no instrument '{symbol}'; there are {string.Join(", ", _instruments)}"));
    }
}

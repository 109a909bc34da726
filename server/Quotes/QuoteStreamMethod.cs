using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Wire.Grpc;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary><c>StreamQuotes</c>: from the request to a subscription, and what ended it. Threads: any.</summary>
/// <param name="publisher">Writes the quotes.</param>
/// <param name="requests">What a request must say.</param>
internal sealed class QuoteStreamMethod(QuotePublisher publisher, QuoteRequests requests)
{
    /// <summary>Serves one call.</summary>
    public async Task<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        // 1. everything is judged before anything is sent
        var request = await call.ReadRequestAsync(StreamQuotesRequest.Parser).ConfigureAwait(false);
        var seats = requests.Seats(request.Symbols);
        var look = requests.Terms(request.Levels, request.View);
        var terms = QuoteRequests.Terms(request);
        call.TakeSymbols(seats.Count);
        var wanted = new List<(FeedKey, long)>();
        foreach (var seat in seats)
        {
            wanted.Add((new FeedKey(seat, look, call.IsCompressed), QuoteRequests.After(request.Resume, seats, seat)));
        }

        // 2. the stream is the publisher's from here on
        await call.StartAsync().ConfigureAwait(false);
        var subscriber = publisher.TrySubscribe(wanted, terms, call.Output)
            ?? throw new GrpcException(new GrpcStatus(
                StatusCode.ResourceExhausted,
                "too many subscribers, or too many different level counts and views at a time; repeat later"));
        var retired = Task.WhenAny(seats.Select(static seat => seat.Retired));
        var error = await SubscriberEnd.AwaitAsync(call, subscriber, retired).ConfigureAwait(false);
        return call.End != CallEnd.None ? call.EndStatus
            : subscriber.IsOverrun ? new GrpcStatus(
                StatusCode.ResourceExhausted,
                "the client is too far behind: read faster, ask for fewer levels, for mode LATEST or overflow CONFLATE")
            : seats.FirstOrDefault(static seat => seat.Retired.IsCompleted) is { } gone ? Removed(gone)
            : new GrpcStatus(StatusCode.Unavailable, error is null ? "the stream is over" : "the stream broke");
    }

    private static GrpcStatus Removed(InstrumentSeat instrument) =>
        new(StatusCode.NotFound, $"{instrument.Name} is quoted no more");
}

using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Wire.Grpc;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// <c>quoter.v1.QuoteService</c>: instruments and single quotes; its streams are in types of their own. Threads: any.
/// </summary>
public sealed class QuoteService
{
    /// <summary>Full name of the service.</summary>
    public const string Service = "quoter.v1.QuoteService";

    private readonly QuotePublisher _publisher;
    private readonly Readiness _readiness;
    private readonly FeeSchedule _fees;
    private readonly QuoteRequests _requests;
    private readonly QuoteStreamMethod _stream;
    private readonly VenueStatusMethod _statuses;

    /// <summary>Serves what <paramref name="publisher"/> publishes.</summary>
    /// <param name="publisher">Quotes.</param>
    /// <param name="readiness">Which instruments there are, and whether they are quoted.</param>
    /// <param name="fees">The venues' fees; null: none.</param>
    public QuoteService(QuotePublisher publisher, Readiness readiness, FeeSchedule? fees = null)
    {
        _publisher = publisher;
        _readiness = readiness;
        _fees = fees ?? FeeSchedule.None;
        _requests = new QuoteRequests(readiness.Instruments, publisher.Quotes[0].Levels);
        _stream = new QuoteStreamMethod(publisher, _requests);
        _statuses = new VenueStatusMethod(readiness, _requests, publisher.Time);
    }

    private InstrumentDirectory Instruments => _readiness.Instruments;

    private BookTable Table => _readiness.Table;

    /// <summary>Registers the methods.</summary>
    public void AddTo(GrpcServices services)
    {
        services.Add(Service, "ListInstruments", ListInstrumentsAsync);
        services.Add(Service, "GetQuote", GetQuoteAsync);
        services.Add(Service, "StreamQuotes", _stream.InvokeAsync);
        services.Add(Service, "StreamVenueStatus", _statuses.InvokeAsync);
    }

    private async Task<GrpcStatus> ListInstrumentsAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(ListInstrumentsRequest.Parser).ConfigureAwait(false);
        var response = new ListInstrumentsResponse();
        foreach (var seat in Instruments.Seats)
        {
            response.Instruments.Add(Describe(seat));
        }

        await call.WriteAsync(response).ConfigureAwait(false);
        return GrpcStatus.Ok;
    }

    private Instrument Describe(InstrumentSeat seat)
    {
        var slash = seat.Name.IndexOf('/', System.StringComparison.Ordinal);
        var instrument = new Instrument
        {
            Symbol = seat.Name,
            BaseAsset = slash < 0 ? seat.Name : seat.Name[..slash],
            QuoteAsset = slash < 0 ? "" : seat.Name[(slash + 1)..],
            Epoch = seat.Epoch,
            Levels = (uint)_publisher.Quotes[seat.Place].Levels,
            Serving = _readiness.IsServing(seat.Place),
        };
        foreach (var (_, book) in Table.BooksOf(seat.Place))
        {
            instrument.Venues.Add(new ListedVenue
            {
                Venue = book.Venue,
                Symbol = book.Symbol,
                MakerFee = _fees.MakerText(book.Venue),
                TakerFee = _fees.TakerText(book.Venue),
            });
        }

        return instrument;
    }

    private async Task<GrpcStatus> GetQuoteAsync(GrpcCall call)
    {
        var request = await call.ReadRequestAsync(GetQuoteRequest.Parser).ConfigureAwait(false);
        var seat = _requests.Seat(request.Symbol, "symbol");
        var terms = _requests.Terms(request.Levels, request.View);
        var reader = new QuoteReader(_publisher.Quotes[seat.Place]);
        if (!reader.TryReadLatest() || reader.Header.Sequence < seat.QuotesBefore)
        {
            return new GrpcStatus(
                StatusCode.Unavailable, $"{seat.Name} has no quote yet: none of its venues is live; repeat later");
        }

        var encoder = _publisher.Encoders.Make(seat, terms, reader.Levels);
        await call.WriteEncodedAsync(encoder.EncodeOne(reader)).ConfigureAwait(false);
        return GrpcStatus.Ok;
    }
}

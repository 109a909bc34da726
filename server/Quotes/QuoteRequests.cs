using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Grpc;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// What requests of <c>quoter.v1</c> must say. Every refusal names the field and what would be right. Threads: any.
/// </summary>
/// <param name="instruments">Which instruments there are.</param>
/// <param name="levelsKept">Rows a side that quotes have.</param>
internal sealed class QuoteRequests(InstrumentDirectory instruments, int levelsKept)
{
    private const int LevelsMax = 1_000;
    private const int IntervalMillisMax = 60_000;
    private const long NanosPerMilli = 1_000_000;

    /// <summary>The instrument of a name; the default one for an empty name.</summary>
    /// <exception cref="GrpcException">NOT_FOUND, with near matches.</exception>
    public InstrumentSeat Seat(string symbol, string field)
    {
        if (symbol.Length == 0)
        {
            return instruments.Default;
        }

        if (instruments.Find(symbol) is { } seat)
        {
            return seat;
        }

        var near = Suggestion.Near(symbol, instruments.Seats.Select(static one => one.Name));
        throw new GrpcException(new GrpcStatus(
            StatusCode.NotFound,
            near.Count != 0
                ? $"{field}: no instrument '{symbol}'; did you mean {string.Join(" or ", near)}?"
                : $"{field}: no instrument '{symbol}'; there are {instruments.Names}"));
    }

    /// <summary>The instruments of a request, each once; the default one for none.</summary>
    /// <exception cref="GrpcException">NOT_FOUND, or INVALID_ARGUMENT for one that is named twice.</exception>
    public IReadOnlyList<InstrumentSeat> Seats(IReadOnlyList<string> symbols)
    {
        if (symbols.Count == 0)
        {
            return [instruments.Default];
        }

        var seats = new List<InstrumentSeat>();
        for (var index = 0; index < symbols.Count; index++)
        {
            if (symbols[index].Length == 0)
            {
                throw Invalid(
                    $"symbols[{index}] is empty: name an instrument, or leave symbols out for the default one");
            }

            var seat = Seat(symbols[index], $"symbols[{index}]");
            if (seats.Contains(seat))
            {
                throw Invalid($"symbols[{index}]: {seat.Name} is named twice; name each instrument once");
            }

            seats.Add(seat);
        }

        return seats;
    }

    /// <summary>How quotes are to look.</summary>
    /// <exception cref="GrpcException">INVALID_ARGUMENT; FAILED_PRECONDITION: more levels than are kept.</exception>
    public QuoteTerms Terms(uint levels, View? view)
    {
        if (levels > LevelsMax)
        {
            throw Invalid($"levels is {levels}: ask for 1 to {LevelsMax}, or 0 for as many as the server keeps");
        }

        if (levels > levelsKept)
        {
            throw new GrpcException(new GrpcStatus(
                StatusCode.FailedPrecondition,
                $"levels is {levels}, and this server keeps {levelsKept}: ask for fewer, or start it with --levels "
                + $"{levels} (setting levels, up to {LevelsMax})"));
        }

        var prices = view?.Prices ?? Prices.Unspecified;
        Known(prices, "view.prices", "RAW (1) or FEE_ADJUSTED (2)");
        return new QuoteTerms(
            levels == 0 ? levelsKept : (int)levels, prices == Prices.FeeAdjusted, view?.Uncrossed == true);
    }

    /// <summary>How a stream is to be.</summary>
    /// <exception cref="GrpcException">INVALID_ARGUMENT.</exception>
    public static SubscriptionTerms Terms(StreamQuotesRequest request)
    {
        Known(request.Mode, "mode", "EVERY_CHANGE (1) or LATEST (2)");
        Known(request.Overflow, "overflow", "CONFLATE (1) or END_STREAM (2)");
        var latest = request.Mode == Mode.Latest;
        if (request.MinIntervalMillis > IntervalMillisMax)
        {
            throw Invalid(
                $"min_interval_millis is {request.MinIntervalMillis}: it is 0 to {IntervalMillisMax} milliseconds");
        }

        if (request.MinIntervalMillis != 0 && !latest)
        {
            throw Invalid("min_interval_millis is for mode LATEST: set that mode, or leave the interval out");
        }

        if (request.Overflow == Overflow.EndStream && latest)
        {
            throw Invalid("overflow END_STREAM is for mode EVERY_CHANGE: set that mode, or leave overflow out");
        }

        return new SubscriptionTerms(
            latest, request.MinIntervalMillis * NanosPerMilli, request.Overflow == Overflow.EndStream);
    }

    /// <summary>
    /// For an instrument the number, in its ring, of the quote that the client has; -1: none, or of another epoch.
    /// </summary>
    /// <exception cref="GrpcException">INVALID_ARGUMENT: of an instrument not asked for, or no number.</exception>
    public static long After(IReadOnlyList<Resume> resume, IReadOnlyList<InstrumentSeat> seats, InstrumentSeat seat)
    {
        var after = -1L;
        for (var index = 0; index < resume.Count; index++)
        {
            var point = resume[index];
            var of = seats.FirstOrDefault(
                one => one.Name.Equals(point.Symbol, StringComparison.OrdinalIgnoreCase));
            if (of is null)
            {
                throw Invalid(
                    $"resume[{index}].symbol '{point.Symbol}' is not among symbols: add it there, or drop it");
            }

            if (point.Sequence < 1)
            {
                throw Invalid($"resume[{index}].sequence is {point.Sequence}: it is that of a quote, 1 or more");
            }

            if (of == seat && point.Epoch == seat.Epoch)
            {
                after = seat.QuotesBefore + point.Sequence - 1;
            }
        }

        return after;
    }

    private static void Known<T>(T value, string field, string choices)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw Invalid($"{field}: there is no value {value:D}; it is {choices}");
        }
    }

    private static GrpcException Invalid(string why) => new(new GrpcStatus(StatusCode.InvalidArgument, why));
}

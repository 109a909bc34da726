using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf.Collections;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Wire.Grpc;
using Quoter.V1;
using BookState = LowLatencyQuoter.Engine.Book.BookState;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// <c>StreamVenueStatus</c>: looks at what the engine publishes of its books and tells changes. Threads: any.
/// </summary>
/// <param name="readiness">The books and instruments.</param>
/// <param name="requests">What a request must say.</param>
/// <param name="clock">The engine's clock.</param>
internal sealed class VenueStatusMethod(Readiness readiness, QuoteRequests requests, IClock clock)
{
    private const long BeatNanos = 1_000_000_000;

    /// <summary>How often the books are looked at.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private readonly UnixClock _unix = UnixClock.Of(clock);

    /// <summary>Serves one call.</summary>
    public async Task<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        var request = await call.ReadRequestAsync(StreamVenueStatusRequest.Parser).ConfigureAwait(false);
        var symbols = request.Symbols.Count == 0
            ? null
            : requests.Seats(request.Symbols).Select(static seat => seat.Name).ToHashSet(StringComparer.Ordinal);
        CheckVenues(request.Venues);
        var told = new Dictionary<(string Symbol, string Venue), VenueStatus>();
        var written = long.MinValue;
        using var timer = new PeriodicTimer(Period);
        do
        {
            var now = clock.NowNanos();
            var news = Look(told, symbols, request.Venues, now);
            if (news.Count != 0 || written == long.MinValue || now - written >= BeatNanos)
            {
                written = now;
                var response = new StreamVenueStatusResponse { PublishTimeNanos = _unix.At(now) };
                response.Books.Add(news);
                await call.WriteAsync(response).ConfigureAwait(false);
            }
        }
        while (await timer.WaitForNextTickAsync(call.Cancellation).ConfigureAwait(false));
        return call.EndStatus;
    }

    private void CheckVenues(RepeatedField<string> venues)
    {
        var known = readiness.Table.Definitions.Select(static book => book.Venue).Distinct().ToArray();
        for (var index = 0; index < venues.Count; index++)
        {
            if (!known.Contains(venues[index], StringComparer.Ordinal))
            {
                var near = Options.Suggestion.For(venues[index], known, static name => name);
                throw new GrpcException(new GrpcStatus(
                    StatusCode.NotFound,
                    $"venues[{index}]: no venue '{venues[index]}'{near}; there are {string.Join(", ", known)}"));
            }

            if (venues.Take(index).Contains(venues[index], StringComparer.Ordinal))
            {
                throw new GrpcException(new GrpcStatus(
                    StatusCode.InvalidArgument,
                    $"venues[{index}]: {venues[index]} is named twice; name each venue once"));
            }
        }
    }

    /// <summary>The books whose state is not what was told, or that were not told yet.</summary>
    private List<VenueStatus> Look(
        Dictionary<(string Symbol, string Venue), VenueStatus> told,
        HashSet<string>? symbols,
        RepeatedField<string> venues,
        long now)
    {
        var news = new List<VenueStatus>();
        var seen = new HashSet<(string, string)>();
        foreach (var seat in readiness.Instruments.Seats)
        {
            if (symbols?.Contains(seat.Name) == false)
            {
                continue;
            }

            foreach (var (book, definition) in readiness.Table.BooksOf(seat.Place))
            {
                if (venues.Count != 0 && !venues.Contains(definition.Venue, StringComparer.Ordinal))
                {
                    continue;
                }

                seen.Add((seat.Name, definition.Venue));
                var status = Tell(seat.Name, definition, readiness.Table.Statuses[book], now);
                if (!told.TryGetValue((seat.Name, definition.Venue), out var before) || IsNews(before, status))
                {
                    told[(seat.Name, definition.Venue)] = status;
                    news.Add(status);
                }
            }
        }

        foreach (var gone in told.Keys.Where(key => !seen.Contains(key)).ToArray())
        {
            told.Remove(gone);
            var state = StateOf(BookState.Disconnected);
            news.Add(new VenueStatus { Symbol = gone.Symbol, Venue = gone.Venue, State = state });
        }

        return news;
    }

    /// <summary>The counters tell of a state that came and went between two looks.</summary>
    private static bool IsNews(VenueStatus before, VenueStatus now) =>
        before.State != now.State || before.Gaps != now.Gaps || before.Resyncs != now.Resyncs;

    private VenueStatus Tell(string symbol, BookDefinition book, BookStatus status, long now)
    {
        var told = new VenueStatus
        {
            Symbol = symbol,
            Venue = book.Venue,
            State = StateOf(status.State),
            Updates = (ulong)status.Updates,
            Gaps = (ulong)status.Gaps,
            Resyncs = (ulong)status.Resyncs,
        };
        if (Volatile.Read(ref status.StateSinceNanos) is not 0 and var since)
        {
            told.SinceNanos = _unix.At(since);
        }

        if (Volatile.Read(ref status.LastReceivedNanos) is not 0 and var received)
        {
            told.AgeNanos = Math.Max(now - received, 0);
        }

        if (Volatile.Read(ref status.LastVenueUnixNanos) is not 0 and var venue)
        {
            told.VenueTimeNanos = venue;
        }

        return told;
    }

    private static global::Quoter.V1.BookState StateOf(BookState state) =>
        (global::Quoter.V1.BookState)((int)state + 1);   // 0 is never sent
}

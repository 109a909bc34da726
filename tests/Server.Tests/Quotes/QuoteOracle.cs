using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Quotes;
using Quoter.V1;

namespace LowLatencyQuoter.Server.Tests.Quotes;

/// <summary>The slow and obvious way from a quote to a <c>quoter.v1.Quote</c>: big integers, lists, sorting.</summary>
internal static class QuoteOracle
{
    public static Quote Of(
        QuoteReader reader, InstrumentSeat seat, QuoteTerms terms, BookTable table, FeeSchedule fees, UnixClock unix)
    {
        var header = reader.Header;
        var bids = Rows(reader.Bids, header, table, fees, terms.HasFees, -1);
        var asks = Rows(reader.Asks, header, table, fees, terms.HasFees, 1);
        var (cutBids, cutAsks) = (0, 0);
        if (terms.IsUncrossed)
        {
            (cutBids, cutAsks) = Uncross(bids, asks);
        }
        else
        {
            bids = [.. bids.Take(terms.Levels)];
            asks = [.. asks.Take(terms.Levels)];
        }

        var quote = new Quote
        {
            Symbol = seat.Name,
            Epoch = seat.Epoch,
            Sequence = header.Sequence - seat.QuotesBefore + 1,
            ReceiveTimeNanos = header.ReceivedNanos + unix.OffsetNanos,
            PublishTimeNanos = header.PublishedNanos + unix.OffsetNanos,
            PriceScale = (uint)header.PriceScale + (terms.HasFees ? 6u : 0),
            QuantityScale = header.QuantityScale,
            QuotedPriceScale = header.PriceScale,
        };
        if (header.VenueUnixNanos != 0)
        {
            quote.VenueTimeNanos = header.VenueUnixNanos;
        }

        quote.Bids.Add(bids.Take(terms.Levels).Select(row => Level(row, terms.HasFees, (int)quote.PriceScale)));
        quote.Asks.Add(asks.Take(terms.Levels).Select(row => Level(row, terms.HasFees, (int)quote.PriceScale)));
        AddVenues(quote, header, table);
        if (reader.Bids.Length != 0 && reader.Asks.Length != 0)
        {
            quote.Spread = reader.Asks[0].Price - reader.Bids[0].Price;
            quote.Crossed = quote.Spread < 0;
            var fee = Rows(reader.Asks, header, table, fees, true, 1)[0].Price
                - Rows(reader.Bids, header, table, fees, true, -1)[0].Price;
            if (fee >= long.MinValue && fee <= long.MaxValue)
            {
                quote.FeeSpread = (long)fee;
            }
            else
            {
                quote.FeeSpreadText = Text(fee, header.PriceScale + 6);
            }
        }

        if (terms.HasFees)
        {
            // How many are sure is the view's own business, with an oracle of its own; here only the cut is checked.
            var rates = Enumerable.Range(0, header.MemberCount)
                .Select(member => fees.TakerOf(table.Definitions[header.Member(member).Book].Venue))
                .ToArray();
            var view = new QuoteView(terms.IsUncrossed ? reader.Levels : terms.Levels, rates);
            view.Take(reader);
            quote.SureBids = (uint)Math.Clamp(view.SureBids - cutBids, 0, quote.Bids.Count);
            quote.SureAsks = (uint)Math.Clamp(view.SureAsks - cutAsks, 0, quote.Asks.Count);
        }

        return quote;
    }

    public static string Text(BigInteger value, int scale)
    {
        var digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return value.Sign < 0 ? "-" + text : text;
    }

    private static void AddVenues(Quote quote, QuoteHeader header, BookTable table)
    {
        for (var member = 0; member < header.MemberCount; member++)
        {
            ref var of = ref header.Member(member);
            var venue = new VenueBook
            {
                Venue = table.Definitions[of.Book].Venue,
                State = Enum.Parse<BookState>(of.State.ToString()),
            };
            if (of.ReceivedNanos != 0)
            {
                venue.AgeNanos = Math.Max(0, header.PublishedNanos - of.ReceivedNanos);
            }

            quote.Venues.Add(venue);
            if (of.Book == header.CauseBook)
            {
                quote.Cause = (uint)member;
            }
        }
    }

    private static List<Row> Rows(
        ReadOnlySpan<QuoteRow> rows, QuoteHeader header, BookTable table, FeeSchedule fees, bool hasFees, int sign)
    {
        var list = new List<Row>();
        foreach (ref readonly var row in rows)
        {
            var fee = fees.TakerOf(table.Definitions[header.Member(row.Member).Book].Venue).Hundredths;
            var price = hasFees ? new BigInteger(row.Price) * (1_000_000 + (sign * fee)) : row.Price;
            list.Add(new Row(price, row.Price, row.Quantity, row.Member));
        }

        // a quote's rows of one venue keep their order, and a stable sort keeps what is equal
        return
        [
            .. list.OrderBy(row => sign * row.Price).ThenByDescending(static row => row.Quantity)
                .ThenBy(static row => row.Member),
        ];
    }

    private static (int Bids, int Asks) Uncross(List<Row> bids, List<Row> asks)
    {
        var (cutBids, cutAsks) = (0, 0);
        while (bids.Count != 0 && asks.Count != 0 && bids[0].Price >= asks[0].Price)
        {
            var quantity = Math.Min(bids[0].Quantity, asks[0].Quantity);
            cutBids += TakeOut(bids, quantity);
            cutAsks += TakeOut(asks, quantity);
        }

        return (cutBids, cutAsks);
    }

    private static int TakeOut(List<Row> rows, long quantity)
    {
        rows[0] = rows[0] with { Quantity = rows[0].Quantity - quantity };
        if (rows[0].Quantity != 0)
        {
            return 0;
        }

        rows.RemoveAt(0);
        return 1;
    }

    private static Level Level(Row row, bool hasFees, int scale)
    {
        var level = new Level { Quantity = row.Quantity, Venue = (uint)row.Member };
        if (row.Price <= long.MaxValue)
        {
            level.Price = (long)row.Price;
        }
        else
        {
            level.PriceText = Text(row.Price, scale);
        }

        if (hasFees)
        {
            level.QuotedPrice = row.Quoted;
        }

        return level;
    }

    private sealed record Row(BigInteger Price, long Quoted, long Quantity, int Member);
}

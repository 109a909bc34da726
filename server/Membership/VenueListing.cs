using System;
using System.Linq;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>A venue's list of instruments, or that it could not be had.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="List">The list; null: unknown, which speaks against nothing.</param>
/// <param name="Failure">Why it is unknown.</param>
internal sealed record VenueListing(IVenue Venue, DeclaredInstruments? List, string Failure)
{
    /// <summary>What the venue declares for a pair; false when it has a list without it.</summary>
    public bool TryFind(Pair pair, out Precision precision)
    {
        var symbol = Venue.SymbolOf(pair);
        precision = new Precision(symbol, 0, 0);
        if (List is null)
        {
            return true;
        }

        foreach (var listed in List.Instruments)
        {
            if (listed.Symbol.Equals(symbol, StringComparison.Ordinal))
            {
                precision = listed;
                return true;
            }
        }

        return false;
    }

    /// <summary>Says that the venue does not list a pair, and what may have been meant.</summary>
    public LeftOutBook LeaveOut(Pair pair)
    {
        var symbol = Venue.SymbolOf(pair);
        var near = NearSymbols.Of(symbol, List!.Instruments.Select(static listed => listed.Symbol));
        return new LeftOutBook(
            Venue.Profile.Name,
            pair.ToString(),
            $"{Venue.Profile.Name} does not list {pair} ({symbol} there); "
            + (near.Count == 0 ? "nothing on its list is like it" : $"did you mean {string.Join(" or ", near)}?"));
    }
}

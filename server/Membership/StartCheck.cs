using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>
/// Whether the venues list what is to be quoted, judged once their lists are there. A venue that was named must list
/// every instrument; where all venues were asked for, those that do not list one are left out of it, but one of them
/// must. A venue whose list could not be had is given the benefit of the doubt.
/// </summary>
internal sealed class StartCheck
{
    private readonly HashSet<(Pair, int)> _leftOut = [];

    private StartCheck(IReadOnlyList<VenueListing> listings) => Listings = listings;

    /// <summary>The lists, by venue.</summary>
    public IReadOnlyList<VenueListing> Listings { get; }

    /// <summary>What is left out, with the reasons.</summary>
    public List<LeftOutBook> LeftOut { get; } = [];

    /// <summary>True when the venue is to quote the instrument.</summary>
    public bool Takes(Pair pair, int venue) => !_leftOut.Contains((pair, venue));

    /// <summary>Judges.</summary>
    /// <exception cref="OptionsException">
    /// An instrument cannot be quoted; names venue, near matches and the fix.
    /// </exception>
    public static StartCheck Make(QuoterOptions options, IReadOnlyList<VenueListing> listings)
    {
        var check = new StartCheck(listings);
        foreach (var pair in options.Instruments)
        {
            check.Judge(pair, options.AllVenues);
        }

        return check;
    }

    private void Judge(Pair pair, bool lenient)
    {
        var missing = new List<LeftOutBook>();
        for (var venue = 0; venue < Listings.Count; venue++)
        {
            if (!Listings[venue].TryFind(pair, out _))
            {
                missing.Add(Listings[venue].LeaveOut(pair));
                _leftOut.Add((pair, venue));
            }
        }

        if (missing.Count == Listings.Count && lenient)
        {
            throw new OptionsException(
                $"instruments: no venue lists {pair}: {Reasons(missing)} Correct the instrument.");
        }

        if (missing.Count != 0 && !lenient)
        {
            throw new OptionsException(
                $"instruments: {Reasons(missing)} Correct the instrument, or leave "
                + $"{string.Join(" and ", missing.Select(static left => left.Venue))} out of venues.");
        }

        LeftOut.AddRange(missing);
    }

    private static string Reasons(IEnumerable<LeftOutBook> missing) =>
        string.Join(' ', missing.Select(static left => left.Reason.EndsWith('?') ? left.Reason : left.Reason + "."));
}

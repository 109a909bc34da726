using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Options;

/// <summary>What a venue's settings must agree with.</summary>
internal static class VenueChecks
{
    /// <exception cref="OptionsException">Names venue, setting and fix.</exception>
    public static void Check(VenueOptions venue, VenueProfile profile)
    {
        if (venue.Depth != 0 && Array.IndexOf(profile.Depths, venue.Depth) < 0)
        {
            throw new OptionsException(profile.Depths.Length == 0
                ? $"venues.{venue.Name}.depth: this venue always sends its full depth; leave depth out"
                : $"venues.{venue.Name}.depth: {venue.Depth} is not one of {string.Join(", ", profile.Depths)}");
        }

        if (venue.WholeBooks && !profile.HasWholeBooks)
        {
            throw new OptionsException($"venues.{venue.Name}.wholeBooks: this venue has no feed of whole books");
        }

        if (venue.CrossCheck && !profile.HasTopFeed)
        {
            throw new OptionsException(
                venue.Stream == VenueStream.Partial
                    ? $"venues.{venue.Name}.crossCheck: with stream partial each message is the venue's own statement "
                        + "of the book, and nothing is left to be checked; leave it out"
                    : $"venues.{venue.Name}.crossCheck: this venue has no top-of-book feed with update ids");
        }

        if (venue.Socket is null != venue.Rest is null)
        {
            throw new OptionsException($"venues.{venue.Name}: give socket and rest together, or neither");
        }
    }

    /// <summary>A recording is of one socket: what two bring in turn would not play back.</summary>
    /// <exception cref="OptionsException">Names the venue and the fix.</exception>
    public static void CheckRecorded(IReadOnlyList<VenueOptions> venues)
    {
        if (venues.FirstOrDefault(static venue => venue.Connections > 1) is { } venue)
        {
            throw new OptionsException(
                $"venues.{venue.Name}.connections: a recording is of one socket; set connections to 1, or leave record "
                + "out");
        }
    }

    /// <summary>Two feeds of one real book would count its levels twice.</summary>
    /// <exception cref="OptionsException">Names both and the fix.</exception>
    public static void CheckLive(IReadOnlyList<VenueOptions> venues)
    {
        foreach (var venue in venues.Where(static venue => venue.Socket is null))
        {
            VenueRegistry.TryFind(venue.Name, out var known);
            if (venues.Any(other => other.Socket is null && other.Name == known.Profile.SameBookAs))
            {
                throw new OptionsException(
                    $"venues: {known.Profile.SameBookAs} and {venue.Name} are two feeds of one book; with live name "
                    + "one of them");
            }
        }
    }
}

using System;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// Asks venues for their lists of instruments outside of a connection, to see what they list before anything rests on
/// it. Threads: any; blocks none but those of the pool.
/// </summary>
public static class InstrumentLists
{
    /// <summary>Fetches a venue's list; null, and why, when it cannot be had.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="rest">Its REST address.</param>
    /// <param name="budget">Where the request is counted.</param>
    /// <param name="limit">How long the answer may take.</param>
    /// <param name="trustedRoots">Certificates trusted in place of the system's, or null.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async Task<(DeclaredInstruments? List, string Failure)> FetchAsync(
        IVenue venue,
        Uri rest,
        RestBudget budget,
        TimeSpan limit,
        X509Certificate2Collection? trustedRoots,
        CancellationToken cancellation)
    {
        using var client = new RestClient(rest, limit, trustedRoots);
        var stop = cancellation.UnsafeRegister(static self => ((RestClient)self!).Stop(), client);
        await using (stop.ConfigureAwait(false))
        {
            try
            {
                budget.Take(venue.InstrumentsWeight, MonotonicClock.Nanos());
                var body = await Task.Run(() => client.Get(venue.InstrumentsPath), cancellation).ConfigureAwait(false);
                return (new DeclaredInstruments(body, [.. venue.ReadInstruments(body)]), "");
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested
                && e is HttpRequestException or InvalidDataException or TaskCanceledException
                    or FormatException or InvalidOperationException)
            {
                return (null, e.Message);
            }
        }
    }
}

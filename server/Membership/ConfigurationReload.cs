using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>
/// Reads the configuration again and brings instruments and venues to it, whoever changed them since. What else differs
/// is named and left. What comes is added before what goes is removed, so that there is always something to quote.
/// Threads: any; one reading waits for another.
/// </summary>
/// <param name="roster">What is changed.</param>
/// <param name="started">What the process was started with: settings other than those two are still these.</param>
/// <param name="access">Certificates and tokens, whose files are read again too.</param>
/// <param name="load">Reads file, environment and flags again; null when there is nothing to read.</param>
/// <param name="log">Where the differences are told.</param>
internal sealed class ConfigurationReload(
    Roster roster, QuoterOptions started, AccessFiles access, Func<QuoterOptions>? load, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1);

    /// <summary>Reads and applies.</summary>
    /// <exception cref="RosterException">There is nothing to read, or it has an error; nothing has changed.</exception>
    public async Task<ReloadReport> RunAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var wanted = Load();
            var report = new ReloadReport();
            await ApplyAsync(wanted, report, cancellation).ConfigureAwait(false);
            access.Reload(report.Applied, report.Left);
            NameOthers(wanted, report);
            Tell(report);
            return report;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private QuoterOptions Load()
    {
        try
        {
            return load?.Invoke() ?? throw new RosterException(
                StatusCode.FailedPrecondition, "the process was started without a configuration to read again");
        }
        catch (OptionsException e)
        {
            Log.ReloadRefused(log, e.Message);
            throw new RosterException(StatusCode.InvalidArgument, e.Message);
        }
    }

    private async Task ApplyAsync(QuoterOptions wanted, ReloadReport report, CancellationToken cancellation)
    {
        var names = wanted.Instruments.Select(static pair => pair.ToString()).ToArray();
        foreach (var venue in wanted.Venues.Where(venue => Find(venue.Name) is null))
        {
            await TryAsync(report, $"venue {venue.Name} added", roster.AddVenueAsync(venue, cancellation), Named)
                .ConfigureAwait(false);
        }

        foreach (var pair in wanted.Instruments.Where(pair => roster.Directory.Find(pair.ToString()) is null))
        {
            await TryAsync(report, $"instrument {pair} added", roster.AddInstrumentAsync(pair, cancellation), Named)
                .ConfigureAwait(false);
        }

        foreach (var seat in roster.Directory.Seats.Where(seat => !names.Contains(seat.Name)))
        {
            await TryAsync(
                report,
                $"instrument {seat.Name} removed",
                roster.RemoveInstrumentAsync(seat.Name, cancellation)).ConfigureAwait(false);
        }

        foreach (var seat in roster.Venues.Where(seat => wanted.Venues.All(venue => venue.Name != seat.Name)))
        {
            await TryAsync(report, $"venue {seat.Name} removed", roster.RemoveVenueAsync(seat.Name, cancellation))
                .ConfigureAwait(false);
        }

        var first = roster.Directory.Default;
        if (first.Name != names[0] && roster.Directory.Find(names[0]) is not null)
        {
            await TryAsync(
                report,
                $"the default instrument is {names[0]}",
                roster.OrderInstrumentsAsync(names, cancellation)).ConfigureAwait(false);
        }

        void Named(RosterChange change) => report.Left.AddRange(change.LeftOut.Select(static left => left.Reason));
    }

    private VenueSeat? Find(string venue) => roster.Venues.FirstOrDefault(seat => seat.Name == venue);

    private void NameOthers(QuoterOptions wanted, ReloadReport report)
    {
        foreach (var setting in SettingTable.All.Where(static s => s.Key is not ("instruments" or "venues")))
        {
            var (before, now) = (setting.Show(started), setting.Show(wanted));
            if (before != now)
            {
                report.Left.Add($"{setting.Key} stays '{before}' and not '{now}': it takes effect with a restart");
            }
        }

        foreach (var venue in wanted.Venues)
        {
            if (Find(venue.Name) is { } seat && seat.Options != venue)
            {
                report.Left.Add(
                    $"venues.{venue.Name}: other settings of it take effect with a restart, or when it is removed and "
                    + "added again");
            }
        }
    }

    private static Task TryAsync(ReloadReport report, string sentence, Task change) =>
        TryAsync(report, sentence, NothingOf(change), static _ => { });

    private static async Task TryAsync<T>(ReloadReport report, string sentence, Task<T> change, Action<T> then)
    {
        try
        {
            then(await change.ConfigureAwait(false));
            report.Applied.Add(sentence);
        }
        catch (RosterException e)
        {
            report.Left.Add($"not {sentence}: {e.Message}");
        }
    }

    private static async Task<bool> NothingOf(Task change)
    {
        await change.ConfigureAwait(false);
        return true;
    }

    private void Tell(ReloadReport report)
    {
        foreach (var change in report.Applied)
        {
            Log.Reloaded(log, change);
        }

        foreach (var difference in report.Left)
        {
            Log.LeftAsIs(log, difference);
        }

        if (report.Applied.Count == 0 && report.Left.Count == 0)
        {
            Log.Reloaded(log, "nothing differs");
        }
    }
}

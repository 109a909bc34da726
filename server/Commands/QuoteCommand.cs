using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>
/// The main job: starts everything, says when it is ready, reads the configuration again on SIGHUP, ends on SIGTERM or
/// SIGINT within five seconds.
/// </summary>
internal static class QuoteCommand
{
    /// <param name="load">Reads the configuration, at the start and with each SIGHUP.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunAsync(Func<QuoterOptions> load, CancellationToken cancellation)
    {
        var options = load();
        using var logs = StderrLogs.Make(options.LogLevel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var term = OnSignal(PosixSignal.SIGTERM, stop);
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var hangups = new SemaphoreSlim(0);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            hangups.Release();
        });
        var host = await QuoterHost.StartAsync(options, logs, load, stop.Token).ConfigureAwait(false);
        try
        {
            await host.WaitForQuoteAsync(stop.Token).ConfigureAwait(false);
            host.CompleteTuning();
            await Console.Out.WriteLineAsync($"quoter ready grpc={host.GrpcEndpoint} http={host.HttpEndpoint}")
                .ConfigureAwait(false);
            var end = await Task.WhenAny(host.Failed, ReloadAsync(host, hangups, stop.Token)).ConfigureAwait(false);
            await end.ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.Stopping(logs.CreateLogger("Quoter"));
            return ExitCode.Ok;
        }
#pragma warning disable CA1031 // the failure of a pipeline thread, logged where it happened
        catch (Exception) when (host.Failed.IsFaulted)
#pragma warning restore CA1031
        {
            return ExitCode.Failed;
        }
        finally
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads the configuration again with each signal, also one that came during the start.</summary>
    private static async Task ReloadAsync(QuoterHost host, SemaphoreSlim hangups, CancellationToken stop)
    {
        while (true)
        {
            await hangups.WaitAsync(stop).ConfigureAwait(false);
            await host.ReloadAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>The first signal drains; a second one ends the process as the system does by default.</summary>
    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            if (!stop.IsCancellationRequested)
            {
                context.Cancel = true;
                stop.Cancel();
            }
        });
}

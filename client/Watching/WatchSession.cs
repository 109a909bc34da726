using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Commands;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Health;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Terminal;

namespace LowLatencyQuoter.Client.Watching;

/// <summary>
/// One run of <c>watch</c> in its process: the signals, the choice of the display, and the exit code.
/// </summary>
internal static class WatchSession
{
    // A reader of our output that does not read (a pager) blocks the write; the user's wish to end comes first.
    private static readonly TimeSpan GraceAfterQuit = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs until done and returns the exit code; a failure is one line on <paramref name="errors"/>.
    /// </summary>
    public static async Task<int> RunAsync(WatchOptions options, TextWriter errors, CancellationToken cancellation)
    {
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = QuitOn(PosixSignal.SIGINT, quit);
        using var terminate = QuitOn(PosixSignal.SIGTERM, quit);
        using var hangUp = QuitOn(PosixSignal.SIGHUP, quit);
        try
        {
            await ShowAsync(options, errors, quit).ConfigureAwait(false);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (quit.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        catch (OutputClosedException)
        {
            return ExitCode.Ok;   // `| head` has seen enough
        }
        catch (QuoteStreamException failure)
        {
            await errors.WriteLineAsync(FailureLine.Of(failure, options.Server)).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (IOException failure)
        {
            await errors.WriteLineAsync(
                $"cannot write quotes to stdout: {Printable.Line(failure.Message)}; make room or redirect elsewhere")
                .ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    private static PosixSignalRegistration QuitOn(PosixSignal signal, CancellationTokenSource quit) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;   // ends through the code below, which restores the terminal
            quit.Cancel();
        });

    private static async Task ShowAsync(WatchOptions options, TextWriter errors, CancellationTokenSource quit)
    {
        if (options.Format == WatchFormat.Auto && TerminalTraits.IsInteractive)
        {
            await ShowLadderAsync(options, quit).ConfigureAwait(false);
            return;
        }

        using var channel = new QuoteChannel(options.Server, options.Symbol);
        using var output = StandardOutput.Open();
        IQuoteWriter writer = options.Format == WatchFormat.Json ? new JsonWriter() : new PlainWriter();
        var lines = new LineDisplay(output, writer, errors, options.Server);
        var watch = Task.Run(() => new QuoteWatch(channel, lines, options, Delay()).RunAsync(quit.Token), quit.Token);
        var asked = Task.Delay(Timeout.Infinite, quit.Token);
        if (await Task.WhenAny(watch, asked).ConfigureAwait(false) == asked)
        {
            await watch.WaitAsync(GraceAfterQuit, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await watch.ConfigureAwait(false);
    }

    private static async Task ShowLadderAsync(WatchOptions options, CancellationTokenSource quit)
    {
        using var health = new EventHealthSource(new ServerAddress(options.Server.Host, options.HttpPort));
        var symbols = new SymbolSwitch(options.Symbol);
        var display = new LadderDisplay(
            options.Server, options.Symbol, TerminalTraits.Detect(), TimeProvider.System, health, symbols.Choose);
        await display.RunAsync(token => symbols.RunAsync(WatchAsync, token), quit).ConfigureAwait(false);

        async Task WatchAsync(string? symbol, CancellationToken ending)
        {
            using var channel = new QuoteChannel(options.Server, symbol);
            await new QuoteWatch(channel, display, options, Delay()).RunAsync(ending).ConfigureAwait(false);
        }
    }

    private static ReconnectDelay Delay() => new(Random.Shared);
}

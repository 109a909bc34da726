using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Watching;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// The live ladder on the process's terminal. Quotes come as fast as they like, on one thread; another takes the latest
/// ten times a second and paints it.
/// </summary>
internal sealed class LadderDisplay : IQuoteDisplay
{
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly ServerAddress _server;
    private readonly LadderView _view;
    private readonly RateMeter _rate;
    private Summary? _quote;
    private long _quotes;
    private string _state = "connecting";
    private bool _isLive;
    private volatile bool _wasStopped;
    private volatile bool _quitPressed;

    /// <summary>Makes one; nothing is shown yet.</summary>
    public LadderDisplay(ServerAddress server, TerminalTraits traits, TimeProvider time)
    {
        _server = server;
        _view = new LadderView(traits);
        _rate = new RateMeter(time);
    }

    /// <inheritdoc/>
    public void Connecting() => Change("connecting", isLive: false);

    /// <inheritdoc/>
    public void Show(Summary quote)
    {
        lock (_gate)
        {
            _quote = quote;
            _quotes++;
            _state = "live";
            _isLive = true;
        }
    }

    /// <inheritdoc/>
    public void Lost(QuoteStreamException failure, TimeSpan retryIn)
    {
        var seconds = NumberText.Fixed(retryIn.TotalSeconds, 1);
        Change($"{FailureLine.Reason(failure)}, trying again in {seconds} s", isLive: false);
    }

    /// <summary>
    /// Shows the ladder while <paramref name="work"/> feeds this display, and restores the terminal after it.
    /// </summary>
    /// <param name="work">Ends when its token is canceled.</param>
    /// <param name="quit">Canceled here when the user presses q.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationTokenSource quit)
    {
        using var screen = new TerminalScreen(Console.Out);
        // After Ctrl-Z and `fg` the shell has written on the screen.
        using var resumed = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => _wasStopped = true);
        QuitKey.Listen(() => _quitPressed = true);
        var feeding = Task.Run(() => work(quit.Token), CancellationToken.None);
        using var frames = new PeriodicTimer(FrameInterval);
        do
        {
            if (_quitPressed)
            {
                await quit.CancelAsync().ConfigureAwait(false);
            }

            Paint(screen);
        }
        while (!feeding.IsCompleted && await frames.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false));

        await feeding.ConfigureAwait(false);
    }

    private void Paint(TerminalScreen screen)
    {
        if (_wasStopped)
        {
            _wasStopped = false;
            screen.Retake();
        }

        // A terminal that does not know its size says 0.
        var (width, height) = (Math.Max(Console.WindowWidth, 1), Math.Max(Console.WindowHeight, 1));
        screen.Paint(_view.Render(NextFrame(), width, height), width, height);
    }

    private LadderFrame NextFrame()
    {
        lock (_gate)
        {
            return new LadderFrame(_server, _state, _isLive, _quote, _rate.Sample(_quotes), _quotes);
        }
    }

    private void Change(string state, bool isLive)
    {
        lock (_gate)
        {
            // While attempts go on, the reason for the loss says more than "connecting".
            if (_quotes == 0 || state != "connecting")
            {
                _state = state;
            }

            _isLive = isLive;
        }
    }
}

using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Formatting;
using LowLatencyQuoter.Client.Health;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Watching;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// The live ladder on the process's terminal. Quotes come as fast as they like, on one thread; another takes the latest
/// ten times a second and paints it. A third one reads the keys.
/// </summary>
internal sealed class LadderDisplay : IQuoteDisplay
{
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly ServerAddress _server;
    private readonly LadderView _view;
    private readonly RateMeter _rate;
    private readonly IHealthSource _health;
    private readonly Action<string> _choose;
    private ViewChoice _choice = new();
    private string? _symbol;
    private LadderFrame? _held;
    private Summary? _quote;
    private long _quotes;
    private string _state = "connecting";
    private bool _isLive;
    private bool _isSwitching;   // what still comes is of the instrument before
    private volatile bool _wasStopped;
    private volatile bool _quitPressed;

    /// <summary>Makes one; nothing is shown yet.</summary>
    /// <param name="server">Where the quotes come from.</param>
    /// <param name="symbol">Of which instrument; null: the server's default.</param>
    /// <param name="traits">What the terminal can show.</param>
    /// <param name="time">Measures rates.</param>
    /// <param name="health">What is known beside the quotes; the caller's to dispose.</param>
    /// <param name="choose">Called when the user wants another instrument.</param>
    public LadderDisplay(
        ServerAddress server,
        string? symbol,
        TerminalTraits traits,
        TimeProvider time,
        IHealthSource health,
        Action<string> choose)
    {
        _server = server;
        _symbol = symbol;
        _health = health;
        _choose = choose;
        _view = new LadderView(traits);
        _rate = new RateMeter(time);
    }

    /// <inheritdoc/>
    public void Connecting()
    {
        lock (_gate)
        {
            _isSwitching = false;
        }

        Change("connecting", isLive: false);
    }

    /// <inheritdoc/>
    public void Show(Summary quote)
    {
        lock (_gate)
        {
            if (_isSwitching)
            {
                return;
            }

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
        _health.Follow(_symbol);
        Keyboard.Listen(Press, () => _quitPressed = true);
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

    /// <summary>A key was pressed.</summary>
    internal void Press(ConsoleKeyInfo key)
    {
        if (key.KeyChar is 'q' or 'Q')
        {
            _quitPressed = true;
        }
        else if (key.KeyChar is 's' or 'S')
        {
            SwitchSymbol();
        }
        else
        {
            lock (_gate)
            {
                _choice = _choice.After(key);
            }
        }
    }

    /// <summary>The instrument behind the one that is shown, the first one behind the last.</summary>
    private void SwitchSymbol()
    {
        string next;
        lock (_gate)
        {
            if (_health.Latest is not { Instruments.Count: > 1 } health)
            {
                _state = _health.Latest is null
                    ? $"no other instrument is known ({_health.Failure ?? "not asked yet"})"
                    : "there is no other instrument";
                return;
            }

            var shown = _symbol ?? health.Symbol;
            var index = 0;
            while (index < health.Instruments.Count && health.Instruments[index] != shown)
            {
                index++;
            }

            next = health.Instruments[(index + 1) % health.Instruments.Count];
            (_symbol, _quote, _state, _isLive, _isSwitching) = (next, null, "connecting", false, true);
        }

        _health.Follow(next);
        _choose(next);
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
            var health = _health.Latest;
            var frame = new LadderFrame(_server, _state, _isLive, _quote, _rate.Sample(_quotes), _quotes)
            {
                Symbol = _symbol ?? health?.Symbol,
                Choice = _choice,
                Health = health,
                HealthFailure = _health.Failure,
            };
            _held = _choice.IsPaused ? _held ?? frame : null;
            return _held is null ? frame : _held with { Choice = _choice };
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

using System;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Client.Watching;

/// <summary>
/// Watches one instrument until another one is chosen, and then that one. Threads: one runs it, any chooses.
/// </summary>
internal sealed class SymbolSwitch
{
    private readonly Lock _gate = new();
    private string? _symbol;
    private CancellationTokenSource? _watching;

    /// <summary>Begins with an instrument; null: the server's default.</summary>
    public SymbolSwitch(string? symbol) => _symbol = symbol;

    /// <summary>Ends the watch under way and begins one of this instrument.</summary>
    public void Choose(string symbol)
    {
        lock (_gate)
        {
            _symbol = symbol;
            _watching?.Cancel();
        }
    }

    /// <summary>Runs watches until one ends by itself.</summary>
    /// <param name="watch">Watches an instrument; ends with its token.</param>
    /// <param name="quit">Ends everything.</param>
    /// <exception cref="OperationCanceledException">It was told to quit.</exception>
    public async Task RunAsync(Func<string?, CancellationToken, Task> watch, CancellationToken quit)
    {
        while (true)
        {
            using var watching = CancellationTokenSource.CreateLinkedTokenSource(quit);
            string? symbol;
            lock (_gate)
            {
                symbol = _symbol;
                _watching = watching;
            }

            try
            {
                await watch(symbol, watching.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (watching.IsCancellationRequested && !quit.IsCancellationRequested)
            {
                // Another one was chosen.
            }
            finally
            {
                lock (_gate)
                {
                    _watching = null;
                }
            }
        }
    }
}

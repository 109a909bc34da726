using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Exchange.Tests.Commands;

/// <summary>The exchange as its own process.</summary>
internal sealed class ExchangeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private ExchangeProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static ExchangeProcess Start(string[] arguments, params (string Name, string Value)[] variables)
    {
        var program = Path.ChangeExtension(typeof(ExchangeHost).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("EXCHANGE_SERVER_HOSTNAME");
        start.Environment.Remove("EXCHANGE_SERVER_PORT");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new ExchangeProcess(Process.Start(start)!);
    }

    public async Task<string> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(patience.Token));
    }

    /// <summary>Sends a signal, such as TERM, to this process alone.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var output = _process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = _process.StandardError.ReadToEndAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;

namespace LowLatencyQuoter.Server.Tests.Metrics;

/// <summary>A real Prometheus, Debian's, that scrapes one target every second into a folder of its own.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly Process _process;
    private readonly HttpClient _http;

    private Prometheus(string folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
    }

    /// <summary>Skips the test, or in CI fails it, when there is no Prometheus.</summary>
    public static void Require()
    {
        const string What = "prometheus (Debian's; scripts/install-test-clients.sh installs it)";
        ForeignTool.Require(What, "prometheus", "--version");
        ForeignTool.Require(What, "promtool", "--version");
    }

    /// <summary>Starts one.</summary>
    /// <param name="target">What it scrapes, <c>HOST:PORT</c>.</param>
    public static async Task<Prometheus> StartAsync(string target)
    {
        var folder = Directory.CreateTempSubdirectory("quoter-prometheus-").FullName;
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            rule_files: ["{{Path.Combine(Repository.Root, "deploy", "alerts.yml")}}"]
            scrape_configs:
              - job_name: quoter
                static_configs: [{ targets: ["{{target}}"] }]
            """);
        var port = FreePort.Take();
        var start = new ProcessStartInfo(
            "prometheus",
            [
                $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Prometheus(folder, process, port);
    }

    /// <summary>
    /// Asks a query until it has an answer that is wanted, and returns that: the value of the first series.
    /// </summary>
    public async Task<double> QueryAsync(string query, Func<double, bool> isWanted)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = "nothing";
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            try
            {
                answer = await _http.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
                using var json = JsonDocument.Parse(answer);
                var result = json.RootElement.GetProperty("data").GetProperty("result");
                if (result.GetArrayLength() != 0
                    && double.Parse(
                        result[0].GetProperty("value")[1].GetString()!,
                        global::System.Globalization.CultureInfo.InvariantCulture) is var value
                    && isWanted(value))
                {
                    return value;
                }
            }
            catch (HttpRequestException e)
            {
                answer = e.Message;   // it is still starting
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{query}: no wanted answer within {Patience.TotalSeconds} s, the last is {answer}");
    }

    /// <summary>Runs promtool in the deploy folder; returns exit code and output.</summary>
    public static async Task<(int Exit, string Output)> PromtoolAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = Path.Combine(Repository.Root, "deploy"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>A quoter in a process of its own, on free ports, ready.</summary>
internal sealed partial class QuoterProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly HttpClient _http;

    private QuoterProcess(RunningProgram program, string grpc, string http)
    {
        Program = program;
        Grpc = grpc;
        _http = new HttpClient { BaseAddress = new Uri($"http://{http}"), Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>The process.</summary>
    public RunningProgram Program { get; }

    /// <summary>Where gRPC is served, <c>HOST:PORT</c>.</summary>
    public string Grpc { get; }

    /// <summary>The port of that.</summary>
    public string Port => Grpc[(Grpc.LastIndexOf(':') + 1)..];

    /// <summary>Starts one without a warm-up, unless the arguments ask for it, and waits for its ready line.</summary>
    public static Task<QuoterProcess> StartAsync(params string[] arguments) => StartAsync([], arguments);

    /// <summary>The same with environment variables.</summary>
    public static async Task<QuoterProcess> StartAsync(
        (string Name, string Value)[] environment, string[] arguments)
    {
        string[] warmUp = Array.IndexOf(arguments, "--warm-up") < 0 ? ["--warm-up", "off"] : [];
        var program = RunningProgram.Start(
            "dotnet",
            [RunningProgram.PathOf("server"), .. arguments, .. warmUp, "--port", "0", "--http-port", "0"],
            environment);
        var line = await program.LineAsync("quoter ready ", StartLimit);
        var match = ReadyLine().Match(line);
        return new QuoterProcess(program, match.Groups[1].Value, match.Groups[2].Value);
    }

    /// <summary>A page's text and status code.</summary>
    public async Task<(int Status, string Text)> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The samples of /metrics by their full name with labels.</summary>
    public async Task<Dictionary<string, double>> MetricsAsync()
    {
        var (_, text) = await GetAsync("/metrics");
        var samples = new Dictionary<string, double>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != '#')
            {
                var space = line.LastIndexOf(' ');
                samples[line[..space]] = double.Parse(line[(space + 1)..], CultureInfo.InvariantCulture);
            }
        }

        return samples;
    }

    /// <summary>Waits until so many books are live; fails after 20 seconds.</summary>
    public async Task BooksLiveAsync(int books)
    {
        var live = 0;
        await Eventually.HoldsAsync(
            () => (live = LiveBooks()) == books, TimeSpan.FromSeconds(20), () => $"{live} of {books} books are live");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Program.DisposeAsync();
    }

    private int LiveBooks() => MetricsAsync().GetAwaiter().GetResult().Count(static sample =>
        sample.Key.StartsWith("quoter_book_state{", StringComparison.Ordinal)
        && sample.Key.Contains("state=\"live\"", StringComparison.Ordinal)
        && sample.Value == 1);

    [GeneratedRegex(@"^quoter ready grpc=(\S+) http=(\S+)$")]
    private static partial Regex ReadyLine();
}

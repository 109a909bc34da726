using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Tests.Membership;

/// <summary>The whole quoter on its embedded exchange, with the admin service.</summary>
internal sealed class RosterHarness : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests-0123456789";
    private readonly ILoggerFactory _logs;
    private readonly HttpClient _http;

    private RosterHarness(QuoterHost host, ILoggerFactory logs, LogLines log)
    {
        Host = host;
        Log = log;
        _logs = logs;
        _http = new HttpClient { BaseAddress = new Uri($"http://{host.HttpEndpoint}") };
        Client = new GrpcTestClient(new Uri($"http://{host.GrpcEndpoint}"), null);
        Admin = new GrpcTestClient(new Uri($"http://{host.AdminEndpoint ?? host.GrpcEndpoint}"), null);
    }

    public QuoterHost Host { get; }

    public LogLines Log { get; }

    public BookTable Books => Host.Books;

    /// <summary>Of the quote port.</summary>
    public GrpcTestClient Client { get; }

    /// <summary>Of the admin port.</summary>
    public GrpcTestClient Admin { get; }

    public static async Task<RosterHarness> StartAsync(
        string venues,
        string instruments,
        Func<QuoterOptions, QuoterOptions>? change = null,
        Func<QuoterOptions>? load = null,
        params (string Key, string Text)[] settings)
    {
        var options = Load(venues, instruments, Token, settings);
        var log = new LogLines();
        var logs = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Information).AddProvider(log));
        var host = await QuoterHost.StartAsync(change?.Invoke(options) ?? options, logs, load, default);
        return new RosterHarness(host, logs, log);
    }

    public static QuoterOptions Load(
        string venues, string instruments, string? token, params (string Key, string Text)[] settings)
    {
        (string, string)[] given =
        [
            ("venues", venues), ("instruments", instruments), ("port", "0"), ("httpPort", "0"), ("adminPort", "0"),
            ("runtime.warmUp", "off"), .. settings,
        ];
        return OptionsLoader.Load(
            null,
            name => name == AdminToken.Variable ? token : null,
            [.. given.Select(static setting => (SettingTable.Find(setting.Item1)!, setting.Item2))]);
    }

    /// <summary>A call with the token; status, message and answer.</summary>
    public async Task<(StatusCode? Status, string Message, T? Answer)> CallAsync<T>(
        string method, IMessage request, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        using var call = await Admin.SendAsync(
            $"/quoter.v1.AdminService/{method}",
            [GrpcTestClient.Frame(request.ToByteArray())],
            static message => message.Headers.Add("authorization", $"Bearer {Token}"));
        var answer = await call.ReadAsync(parser);
        await call.EndAsync();
        return (call.Status, call.Message, answer);
    }

    public IReadOnlyList<int> BooksOf(string instrument) =>
    [
        .. Enumerable.Range(0, Books.Definitions.Length).Where(book =>
            Books.IsListed(book) && Books.Instruments[Books.Definitions[book].Instrument] == instrument),
    ];

    public Task LiveAsync(string instrument, int books) => Testing.Eventually.HoldsAsync(
        () => BooksOf(instrument).Count(IsLive) == books,
        TimeSpan.FromSeconds(60),
        () => $"{instrument}: "
            + string.Join(", ", BooksOf(instrument).Select(
                book => $"{Books.Definitions[book].Venue} {Books.Statuses[book].State}"))
            + string.Join('\n', Log.Lines));

    /// <summary>Since when each of these books is in its state; all of them must be live.</summary>
    public long[] LiveSince(IEnumerable<int> books) =>
        [.. books.Select(book => IsLive(book) ? Books.Statuses[book].StateSinceNanos : -1)];

    public Task<string> MetricsAsync() => _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>The names of the samples, with labels, in order.</summary>
    public async Task<string[]> SeriesAsync() =>
    [
        .. (await MetricsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line[0] != '#')
            .Select(static line => line[..line.LastIndexOf(' ')]),
    ];

    public async Task<double> MetricAsync(string series) =>
        (await MetricsAsync()).Split('\n')
            .Where(line => line.StartsWith(series + " ", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(double.NaN)
            .Single();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        _http.Dispose();
        await Host.DisposeAsync();
        _logs.Dispose();
    }

    private bool IsLive(int book) => Books.Statuses[book].State == BookState.Live;
}

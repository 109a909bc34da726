using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Tests.Membership;
using LowLatencyQuoter.Wire.Grpc;
using Microsoft.Extensions.Logging;
using Orderbook;

namespace LowLatencyQuoter.Server.Tests.Access;

/// <summary>The quoter on one simulated venue with settings of access.</summary>
internal sealed class AccessHarness : IAsyncDisposable
{
    private readonly ILoggerFactory _logs;

    private AccessHarness(QuoterHost host, ILoggerFactory logs, LogLines log)
    {
        Host = host;
        Log = log;
        _logs = logs;
    }

    public QuoterHost Host { get; }

    public LogLines Log { get; }

    public static async Task<AccessHarness> StartAsync(params (string Key, string Text)[] settings)
    {
        var options = RosterHarness.Load("binance", "BTC/USDT", null, settings);
        var log = new LogLines();
        var logs = LoggerFactory.Create(builder => builder.AddProvider(log));
        return new AccessHarness(
            await QuoterHost.StartAsync(
                options, logs, () => RosterHarness.Load("binance", "BTC/USDT", null, settings), default),
            logs,
            log);
    }

    /// <summary>A client of the gRPC port.</summary>
    /// <param name="roots">What it trusts; null: it speaks clear text.</param>
    /// <param name="certificate">Files of what it shows, or null.</param>
    /// <param name="protocols">Versions of TLS that it offers.</param>
    public GrpcTestClient Client(
        string? roots = null,
        (string Certificate, string Key)? certificate = null,
        SslProtocols protocols = SslProtocols.None) => new(
            new Uri($"{(roots is null ? "http" : "https")}://{Host.GrpcEndpoint}"),
            handler => Secure(handler.SslOptions, roots, certificate, protocols));

    /// <summary>The text of a page of the HTTP port.</summary>
    public async Task<string> GetAsync(string path, string? roots = null)
    {
        using var handler = new SocketsHttpHandler();
        Secure(handler.SslOptions, roots, null, SslProtocols.None);
        using var http = new HttpClient(handler);
        return await http.GetStringAsync(new Uri($"{(roots is null ? "http" : "https")}://{Host.HttpEndpoint}{path}"));
    }

    /// <summary>The status of a call that wants one summary.</summary>
    public static async Task<StatusCode?> CallAsync(GrpcTestClient client, string? token = null)
    {
        using var call = await client.SendAsync(
            GrpcTestClient.BookSummary,
            [GrpcTestClient.Frame([])],
            request => Bear(request, token));
        if (await call.ReadAsync(Summary.Parser) is not null)
        {
            return StatusCode.Ok;
        }

        await call.EndAsync();
        return call.Status;
    }

    public static void Bear(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {token}");
        }
    }

    public async Task<double> MetricAsync(string series, string? roots = null) =>
        (await GetAsync("/metrics", roots)).Split('\n')
            .Where(line => line.StartsWith(series + " ", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture))
            .Single();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _logs.Dispose();
    }

    private static void Secure(
        SslClientAuthenticationOptions options,
        string? roots,
        (string Certificate, string Key)? certificate,
        SslProtocols protocols)
    {
        if (roots is null)
        {
            return;
        }

        options.EnabledSslProtocols = protocols;
        options.TargetHost = "localhost";
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(roots);
        if (certificate is { } files)
        {
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(files.Certificate, files.Key)];
        }
    }
}

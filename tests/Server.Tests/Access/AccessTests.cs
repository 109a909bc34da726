using System;
using System.IO;
using System.Net.Http;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Tests.Membership;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Access;

/// <summary>TLS, certificates of both sides, tokens and limits over real sockets.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed class AccessTests
{
    private const string Alice = "alice-has-a-token-of-her-own-0001";
    private const string Bob = "bob-has-a-token-of-his-own-000002";
    private CertificateFiles _files = null!;

    [SetUp]
    public void MakeFiles() => _files = new CertificateFiles();

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [TestCase(SslProtocols.Tls12)]
    [TestCase(SslProtocols.Tls13)]
    public async Task AllPortsSpeakTlsWhereThereIsACertificate(SslProtocols protocols)
    {
        var server = _files.Issue("localhost", isServer: true);
        await using var quoter = await AccessHarness.StartAsync(
            ("tls.certificate", server.Certificate), ("tls.key", server.Key));
        using var client = quoter.Client(_files.Roots, null, protocols);

        Assert.That(await AccessHarness.CallAsync(client), Is.EqualTo(StatusCode.Ok));
        Assert.That(await quoter.GetAsync("/healthz", _files.Roots), Is.Not.Empty);
        Assert.That(
            await quoter.MetricAsync("quoter_tls_certificate_expires_timestamp_seconds", _files.Roots),
            Is.GreaterThan(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        Assert.That(() => quoter.GetAsync("/healthz"), Throws.InstanceOf<HttpRequestException>(), "clear text");
        using var clear = quoter.Client();
        Assert.That(() => AccessHarness.CallAsync(clear), Throws.InstanceOf<HttpRequestException>(), "clear text");
    }

    [Test]
    public async Task NewCertificateIsServedAfterAReloadAndABrokenOneIsNot()
    {
        var server = _files.Issue("localhost", isServer: true, "server");
        await using var quoter = await AccessHarness.StartAsync(
            ("tls.certificate", server.Certificate), ("tls.key", server.Key));
        using var before = quoter.Client(_files.Roots);
        using var stream = await before.SubscribeAsync();
        Assert.That(await stream.ReadAsync(Orderbook.Summary.Parser), Is.Not.Null);
        var expires = await ExpiresAsync(quoter);

        _files.Issue("localhost", isServer: true, "server", hours: 22);
        await quoter.Host.ReloadAsync(default);
        Assert.That(await ExpiresAsync(quoter), Is.GreaterThan(expires));
        using var after = quoter.Client(_files.Roots);
        Assert.That(await AccessHarness.CallAsync(after), Is.EqualTo(StatusCode.Ok));
        Assert.That(await stream.ReadAsync(Orderbook.Summary.Parser), Is.Not.Null, "what runs goes on");

        _files.Write("server.key", "nothing of the kind");
        await quoter.Host.ReloadAsync(default);
        Assert.That(quoter.Log.Lines, Has.Some.Contains("hold no PEM certificate with its private key"));
        using var still = quoter.Client(_files.Roots);
        Assert.That(await AccessHarness.CallAsync(still), Is.EqualTo(StatusCode.Ok));

        Task<double> ExpiresAsync(AccessHarness of) =>
            of.MetricAsync("quoter_tls_certificate_expires_timestamp_seconds", _files.Roots);
    }

    [Test]
    public async Task ClientsShowCertificatesThatAreOnTheList()
    {
        using var strangers = new CertificateFiles();
        var server = _files.Issue("localhost", isServer: true);
        await using var quoter = await AccessHarness.StartAsync(
            ("tls.certificate", server.Certificate),
            ("tls.key", server.Key),
            ("tls.clientRoots", _files.Roots),
            ("tls.clientNames", "desk-1, desk-2"));

        using var listed = quoter.Client(_files.Roots, _files.Issue("desk-2", isServer: false));
        Assert.That(await AccessHarness.CallAsync(listed), Is.EqualTo(StatusCode.Ok));
        await RefusedAsync(null, "no certificate");
        await RefusedAsync(_files.Issue("desk-3", isServer: false), "not on the list");
        await RefusedAsync(strangers.Issue("desk-1", isServer: false), "of another authority");
        await RefusedAsync(_files.Issue("desk-1", isServer: true), "a server's");
        Assert.That(await quoter.GetAsync("/healthz", _files.Roots), Is.Not.Empty, "a probe shows none");

        async Task RefusedAsync((string, string)? certificate, string why)
        {
            using var client = quoter.Client(_files.Roots, certificate);
            await Task.Yield();
            Assert.That(() => AccessHarness.CallAsync(client), Throws.InstanceOf<HttpRequestException>(), why);
        }
    }

    [Test]
    public async Task CallsBearTheTokenOfAClient()
    {
        var tokens = _files.Write("tokens", $"# who may call\nalice {Alice}\n");
        await using var quoter = await AccessHarness.StartAsync(("clients.tokenFile", tokens));
        using var client = quoter.Client();

        Assert.That(await AccessHarness.CallAsync(client, Alice), Is.EqualTo(StatusCode.Ok));
        Assert.That(await AccessHarness.CallAsync(client), Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(await AccessHarness.CallAsync(client, Bob), Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(await quoter.MetricAsync("quoter_client_refused_total{reason=\"token\"}"), Is.EqualTo(2));
        Assert.That(quoter.Log.Lines, Has.Some.Contains("refused: Token").And.None.Contains(Bob));

        _files.Write("tokens", $"bob {Bob}\n");
        await quoter.Host.ReloadAsync(default);
        Assert.That(await AccessHarness.CallAsync(client, Bob), Is.EqualTo(StatusCode.Ok));
        Assert.That(await AccessHarness.CallAsync(client, Alice), Is.EqualTo(StatusCode.Unauthenticated));
    }

    [Test]
    public async Task OneClientsStreamsAreBoundedAndAnothersAreItsOwn()
    {
        var tokens = _files.Write("tokens", $"alice {Alice}\nbob {Bob}\n");
        await using var quoter = await AccessHarness.StartAsync(
            ("clients.tokenFile", tokens), ("clients.streams", "2"));
        using var client = quoter.Client();
        using var first = await OpenAsync();
        var second = await OpenAsync();

        Assert.That(await AccessHarness.CallAsync(client, Alice), Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(await AccessHarness.CallAsync(client, Bob), Is.EqualTo(StatusCode.Ok));
        second.Dispose();
        await Testing.Eventually.HoldsAsync(
            () => AccessHarness.CallAsync(client, Alice).GetAwaiter().GetResult() == StatusCode.Ok,
            TimeSpan.FromSeconds(30),
            static () => "the place of a stream that ended is not free");

        async Task<GrpcTestCall> OpenAsync()
        {
            var call = await client.SendAsync(
                GrpcTestClient.BookSummary,
                [GrpcTestClient.Frame([])],
                static request => AccessHarness.Bear(request, Alice));
            Assert.That(await call.ReadAsync(Orderbook.Summary.Parser), Is.Not.Null);
            return call;
        }
    }

    [Test]
    public async Task PythonsGrpcConnectsOverMutualTls()
    {
        ForeignTool.Require(
            "python3-grpcio; run scripts/install-test-clients.sh", "/usr/bin/python3", "-c", "import grpc");
        var server = _files.Issue("localhost", isServer: true);
        var client = _files.Issue("desk-1", isServer: false);
        var tokens = _files.Write("tokens", $"alice {Alice}\n");
        await using var quoter = await AccessHarness.StartAsync(
            ("tls.certificate", server.Certificate),
            ("tls.key", server.Key),
            ("tls.clientRoots", _files.Roots),
            ("tls.clientNames", "desk-1"),
            ("clients.tokenFile", tokens));
        var port = quoter.Host.GrpcEndpoint[(quoter.Host.GrpcEndpoint.LastIndexOf(':') + 1)..];
        using var program = ForeignProgram.Start(
            "/usr/bin/python3",
            Path.Combine(Repository.Root, "tests", "foreign", "python", "secure.py"),
            $"localhost:{port}", _files.Roots, client.Certificate, client.Key, Alice, "20");

        Assert.That((await program.ResultAsync())["summaries"].GetInt32(), Is.EqualTo(20));
    }

    [TestCase("tls.key: there is no certificate to it", "tls.key", "FILE")]
    [TestCase("tls.clientRoots: clients show certificates over TLS alone", "tls.clientRoots", "FILE")]
    [TestCase("tls.clientNames: whose names?", "tls.clientNames", "desk-1")]
    [TestCase("host: 0.0.0.0 is reached from beyond this machine", "host", "0.0.0.0")]
    [TestCase("host: 10.1.2.3 is reached from beyond this machine", "host", "10.1.2.3")]
    public void SettingsThatDoNotGoTogetherAreNamed(string message, string key, string text) =>
        Assert.That(
            () => RosterHarness.Load("binance", "BTC/USDT", null, (key, text == "FILE" ? _files.Roots : text)),
            Throws.InstanceOf<OptionsException>().With.Message.StartsWith(message));

    [Test]
    public void ClearTextBeyondThisMachineIsServedWhenItIsAskedForByName() =>
        Assert.That(
            RosterHarness.Load("binance", "BTC/USDT", null, ("host", "0.0.0.0"), ("clearTextAnywhere", "true")).Host,
            Is.EqualTo("0.0.0.0"));

    [TestCase("alice\n", ":1: a line is NAME TOKEN")]
    [TestCase("\n# x\nalice short\n", ":3: a token has 16 to 512")]
    [TestCase("alice 0123456789abcdef\nalice 0123456789abcdeg\n", ":2: alice has a line already")]
    [TestCase("# nobody\n", "names no client")]
    public void TokenFileThatCannotBeUsedIsNamedWithoutAToken(string text, string message)
    {
        var file = _files.Write("tokens", text);

        Assert.That(
            async () => await AccessHarness.StartAsync(("clients.tokenFile", file)),
            Throws.InstanceOf<OptionsException>()
                .With.Message.Contains(message).And.Message.Not.Contains("0123456789"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void SecretsThatOthersCanReadAreRefused()
    {
        var file = _files.Write("tokens", $"alice {Alice}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.That(
            async () => await AccessHarness.StartAsync(("clients.tokenFile", file)),
            Throws.InstanceOf<OptionsException>().With.Message.Contains("chmod 600"));
    }
}

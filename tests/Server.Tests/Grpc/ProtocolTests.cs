using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health.V1;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Grpc;

[Category(Categories.Loopback)]
public sealed class ProtocolTests
{
    private const string Echo = "/test.Probe/Echo";
    private QuoterHarness _quoter = null!;
    private GrpcTestClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var probes = new GrpcServices()
            .Add("test.Probe", "Echo", static async call =>
            {
                await call.WriteAsync(await call.ReadRequestAsync(HealthCheckRequest.Parser));
                return GrpcStatus.Ok;
            })
            .Add("test.Probe", "Throw", static _ => throw new InvalidOperationException("a secret"))
            .Add("test.Probe", "Fail", static async call =>
            {
                await call.StartAsync();
                throw new GrpcException(new GrpcStatus(StatusCode.NotFound, "no 100% \u20ac\n"));
            });
        _quoter = await QuoterHarness.StartAsync(extra: probes);
        _client = _quoter.Client();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _quoter.DisposeAsync();
    }

    [Test]
    public async Task ARequestMayBeCutAnywhere()
    {
        var frame = GrpcTestClient.Frame([0x0A, 3, (byte)'a', (byte)'b', (byte)'c']);
        for (var cut = 0; cut <= frame.Length; cut++)
        {
            using var call = await _client.SendAsync(Echo, [frame[..cut], frame[cut..]]);
            var echo = await call.ReadAsync(HealthCheckRequest.Parser);
            Assert.That(echo?.Service, Is.EqualTo("abc"), $"cut at {cut}");
            Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
        }
    }

    [Test]
    public async Task ARequestMayComeByteByByte()
    {
        var frame = GrpcTestClient.Frame([0x0A, 3, (byte)'a', (byte)'b', (byte)'c']);
        using var call = await _client.SendAsync(Echo, [.. frame.Select(static value => new[] { value })]);
        Assert.That((await call.ReadAsync(HealthCheckRequest.Parser))?.Service, Is.EqualTo("abc"));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [Test]
    public async Task TheAnswerAnnouncesTypeAndEncoding()
    {
        using var call = await _client.SendAsync(Echo, new HealthCheckRequest());
        Assert.That(call.Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(call.Response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/grpc"));
        Assert.That(call.Response.Headers.GetValues("grpc-accept-encoding"), Is.EqualTo(["identity,gzip"]));
        Assert.That((await call.ReadAsync())?.Length, Is.Zero);
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [TestCase(new byte[] { 0, 0, 0, 0, 9, 1 }, StatusCode.Internal, "the request ends inside a message")]
    [TestCase(new byte[] { 0, 0, 0 }, StatusCode.Internal, "the request ends inside a message")]
    [TestCase(new byte[] { 7, 0, 0, 0, 0 }, StatusCode.Internal, "the message begins with the reserved flag 7")]
    [TestCase(new byte[] { 1, 0, 0, 0, 0 }, StatusCode.Internal,
        "the message is flagged as compressed, and no compression was negotiated")]
    [TestCase(new byte[] { 0, 0, 0, 0x40, 1 }, StatusCode.ResourceExhausted,
        "the request has 16385 bytes, and 16384 are allowed")]
    [TestCase(new byte[] { 0, 255, 255, 255, 255 }, StatusCode.ResourceExhausted,
        "the request has 4294967295 bytes, and 16384 are allowed")]
    [TestCase(new byte[0], StatusCode.Unimplemented, "the method takes one message, and no message was sent")]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, StatusCode.Unimplemented,
        "the method takes one message, and more than one message was sent")]
    [TestCase(new byte[] { 0, 0, 0, 0, 1, 0x0A }, StatusCode.Internal, "the request is not a valid protobuf message")]
    public async Task ABadRequestHasItsStatus(byte[] body, StatusCode status, string message)
    {
        using var call = await _client.SendAsync(Echo, [body]);
        Assert.That(await call.EndAsync(), Is.EqualTo(status));
        Assert.That(call.Message, Is.EqualTo(message));
    }

    [Test]
    public async Task TheLargestRequestIsAccepted()
    {
        const int TextBytes = (16 * 1024) - 4;   // a tag and three bytes of length stand before it
        using var call = await _client.SendAsync(Echo, new HealthCheckRequest { Service = new string('x', TextBytes) });
        Assert.That((await call.ReadAsync(HealthCheckRequest.Parser))?.Service, Has.Length.EqualTo(TextBytes));
    }

    [TestCase("/test.Probe/Nothing", "service test.Probe has no method Nothing")]
    [TestCase("/test.Nothing/Echo", "no service test.Nothing")]
    [TestCase("/", "no service /")]
    [TestCase("/healthz", "no service /healthz")]
    public async Task AnUnknownMethodIsUnimplemented(string path, string message)
    {
        using var call = await _client.SendAsync(path, new HealthCheckRequest());
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(call.Message, Is.EqualTo(message));
        Assert.That(call.Response.TrailingHeaders, Is.Empty, "trailers only: the status stands in the headers");
    }

    [TestCase("snappy", StatusCode.Unimplemented)]
    [TestCase("GZIP", StatusCode.Unimplemented)]
    [TestCase("gzip", StatusCode.Ok)]
    [TestCase("identity", StatusCode.Ok)]
    public async Task AnEncodingThatIsNotThereIsUnimplemented(string encoding, StatusCode status)
    {
        using var call = await _client.SendAsync(
            Echo, [GrpcTestClient.Frame([])], request => request.Headers.Add("grpc-encoding", encoding));
        Assert.That(await call.EndAsync(), Is.EqualTo(status));
        Assert.That(call.Response.Headers.GetValues("grpc-accept-encoding"), Is.EqualTo(["identity,gzip"]));
    }

    [TestCase("application/grpc", HttpStatusCode.OK)]
    [TestCase("application/grpc+proto", HttpStatusCode.OK)]
    [TestCase("Application/GRPC; charset=utf-8", HttpStatusCode.OK)]
    [TestCase("application/grpc+json", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/grpc-web", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/json", HttpStatusCode.UnsupportedMediaType)]
    public async Task OnlyGrpcContentIsAccepted(string type, HttpStatusCode status)
    {
        using var call = await _client.SendAsync(
            Echo,
            [GrpcTestClient.Frame([])],
            request =>
            {
                request.Content!.Headers.Remove("Content-Type");
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            });
        Assert.That(call.Response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task OnlyPostIsAccepted()
    {
        using var call = await _client.SendAsync(Echo, [], static request => request.Method = HttpMethod.Put);
        Assert.That(call.Response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(call.Response.Content.Headers.Allow, Is.EqualTo(["POST"]));
    }

    [TestCase("1x")]
    [TestCase("123456789S")]
    public async Task AMalformedTimeoutIsInternal(string timeout)
    {
        using var call = await _client.SendAsync(Echo, new HealthCheckRequest(), timeout);
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Internal));
        Assert.That(call.Message, Does.StartWith($"grpc-timeout {timeout} is malformed"));
    }

    [Test]
    public async Task ADeadlinePassedOnArrivalIsExceeded()
    {
        using var call = await _client.SendAsync(Echo, new HealthCheckRequest(), "0n");
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.DeadlineExceeded));
    }

    [Test]
    public async Task ADeadlineOfCenturiesIsAccepted()
    {
        using var call = await _client.SendAsync(Echo, new HealthCheckRequest(), "99999999H");
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
    }

    [Test]
    public async Task AnExceptionOfTheMethodLeaksNothing()
    {
        using var call = await _client.SendAsync("/test.Probe/Throw", new HealthCheckRequest());
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Unknown));
        Assert.That(call.Message, Is.EqualTo("the method failed"));
        Assert.That(_quoter.Log.Lines, Has.Some.StartsWith("Error 3101 gRPC method /test.Probe/Throw failed"));
    }

    [Test]
    public async Task AStatusAfterTheHeadersComesInTheTrailers()
    {
        using var call = await _client.SendAsync("/test.Probe/Fail", new HealthCheckRequest());
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.NotFound));
        Assert.That(call.Response.TrailingHeaders.GetValues("grpc-message"), Is.EqualTo(["no 100%25 %E2%82%AC%0A"]));
        Assert.That(call.Message, Is.EqualTo("no 100% \u20ac\n"));
    }

    [Test]
    public void AMethodIsRegisteredOnce()
    {
        var services = new GrpcServices().Add("a.B", "C", static _ => Task.FromResult(GrpcStatus.Ok));
        Assert.That(
            () => services.Add("a.B", "C", static _ => Task.FromResult(GrpcStatus.Ok)),
            Throws.ArgumentException.With.Message.StartsWith("a.B/C is registered twice"));
    }
}

using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health.V1;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Grpc;

/// <summary>Compressed messages and metadata, byte by byte.</summary>
[Category(Categories.Loopback)]
public sealed class MetadataTests
{
    private const string Echo = "/test.Metadata/Echo";
    private const string Binary = "/test.Metadata/Binary";
    private QuoterHarness _quoter = null!;
    private GrpcTestClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var probes = new GrpcServices()
            .Add("test.Metadata", "Echo", static async call =>
            {
                await call.WriteAsync(await call.ReadRequestAsync(HealthCheckRequest.Parser));
                return GrpcStatus.Ok;
            })
            .Add("test.Metadata", "Binary", static async call =>
            {
                await call.ReadRequestAsync(HealthCheckRequest.Parser);
                foreach (var value in call.BinaryMetadata("some-bin"))
                {
                    call.AddTrailer("back-bin", BinaryValue.Encode(value));
                }

                if (call.Metadata("some-text") is { } text)
                {
                    call.AddHeader("back-text", text);
                    await call.StartAsync();
                }

                return GrpcStatus.Ok;
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
    public async Task ACompressedRequestIsUnpackedWhereverItIsCut()
    {
        var frame = GrpcTestClient.Frame(Pack([0x0A, 3, (byte)'a', (byte)'b', (byte)'c']), 1);
        for (var cut = 0; cut <= frame.Length; cut++)
        {
            using var call = await SendAsync(Echo, [frame[..cut], frame[cut..]], ("grpc-encoding", "gzip"));
            Assert.That((await call.ReadAsync(HealthCheckRequest.Parser))?.Service, Is.EqualTo("abc"), $"cut at {cut}");
            Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
        }
    }

    [Test]
    public async Task UnderGzipASingleMessageMayStayPlain()
    {
        var frame = GrpcTestClient.Frame([0x0A, 1, (byte)'a']);
        using var call = await SendAsync(Echo, [frame], ("grpc-encoding", "gzip"));
        Assert.That((await call.ReadAsync(HealthCheckRequest.Parser))?.Service, Is.EqualTo("a"));
    }

    [Test]
    public async Task ABombIsRefusedBeforeItIsUnpacked()
    {
        using var call = await SendAsync(
            Echo, [GrpcTestClient.Frame(Pack(new byte[1 << 20]), 1)], ("grpc-encoding", "gzip"));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(call.Message, Is.EqualTo("unpacked the request has more than 16384 bytes"));
    }

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 1, 2, 3 })]
    [TestCase(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 5, 0 })]
    public async Task WhatIsNoGzipIsInternal(byte[] message)
    {
        using var call = await SendAsync(Echo, [GrpcTestClient.Frame(message, 1)], ("grpc-encoding", "gzip"));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Internal));
        Assert.That(call.Message, Is.EqualTo("the message is flagged as compressed and is not valid gzip"));
    }

    [TestCase("gzip", "gzip", true)]
    [TestCase("identity,deflate, gzip", "gzip", true)]
    [TestCase("identity,deflate", "gzip", false)]
    [TestCase("gzip", "identity", false)]
    [TestCase("gzip", null, false)]
    public async Task AnAnswerIsCompressedWhenThatIsAcceptedAndWanted(string accepts, string? wants, bool compressed)
    {
        var frame = GrpcTestClient.Frame([0x0A, 1, (byte)'a']);
        using var call = wants is null
            ? await SendAsync(Echo, [frame], ("grpc-accept-encoding", accepts))
            : await SendAsync(Echo, [frame], ("grpc-accept-encoding", accepts), ("response-encoding", wants));
        var (flag, message) = await call.ReadRawAsync();
        Assert.That(flag, Is.EqualTo(compressed));
        Assert.That(call.Response.Headers.Contains("grpc-encoding"), Is.EqualTo(compressed));
        var plain = compressed ? GzipMessage.Unpack(message, 100) : message;
        Assert.That(plain, Is.EqualTo(new byte[] { 0x0A, 1, (byte)'a' }));
    }

    [TestCase("AAEC/w==", new[] { "AAEC/w" })]
    [TestCase("AAEC/w", new[] { "AAEC/w" })]
    [TestCase("AAEC/w==,qw", new[] { "AAEC/w", "qw" })]
    public async Task BinaryMetadataComesWithPaddingOrWithout(string sent, string[] back)
    {
        using var call = await SendAsync(Binary, [GrpcTestClient.Frame([])], ("some-bin", sent), ("some-text", "x y"));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
        Assert.That(call.Response.Headers.GetValues("back-text"), Is.EqualTo(["x y"]));
        Assert.That(
            call.Response.TrailingHeaders.GetValues("back-bin").SelectMany(static value => value.Split(", ")),
            Is.EqualTo(back));
    }

    [Test]
    public async Task MetadataOfAnAnswerOfTrailersOnlyStandsInItsHeaders()
    {
        using var call = await SendAsync(Binary, [GrpcTestClient.Frame([])], ("some-bin", "qw"));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Ok));
        Assert.That(call.Response.Headers.GetValues("back-bin"), Is.EqualTo(["qw"]));
    }

    [Test]
    public async Task BinaryMetadataThatIsNoneIsInternal()
    {
        using var call = await SendAsync(Binary, [GrpcTestClient.Frame([])], ("some-bin", "?"));
        Assert.That(await call.EndAsync(), Is.EqualTo(StatusCode.Internal));
        Assert.That(call.Message, Is.EqualTo("metadata some-bin is not base64"));
    }

    private Task<GrpcTestCall> SendAsync(string path, byte[][] parts, params (string Name, string Value)[] headers) =>
        _client.SendAsync(path, parts, request =>
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        });

    private static byte[] Pack(byte[] message)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(message);
        }

        return packed.ToArray();
    }
}

using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Reflection;
using LowLatencyQuoter.Server.Tests.Interop.Contract;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Interop;

/// <summary>
/// gRPC's own interoperability cases, run by other people's libraries against the server's framing. Each library runs
/// all of its cases in one process, and each case is judged by a test of its own.
/// </summary>
[TestFixture("python")]
[TestFixture("node")]
[TestFixture("cpp")]
[Category(Categories.Loopback)]
[Category(Categories.Foreign)]
public sealed class InteropTests(string language)
{
    private static readonly string Artifacts = Path.Combine(Repository.Root, "artifacts", "foreign");
    private static readonly string Foreign = Path.Combine(Repository.Root, "tests", "foreign");
    private QuoterHarness _quoter = null!;
    private Dictionary<string, JsonElement> _results = null!;

    [OneTimeSetUp]
    public async Task RunAllAsync()
    {
        Require();
        _quoter = await QuoterHarness.StartAsync(
            extra: InteropService.Make(), reflection: new ReflectionService(TestReflection.Descriptor));
        var address = $"127.0.0.1:{_quoter.GrpcPort}";
        using var program = language switch
        {
            "python" => ForeignProgram.Start(
                "/usr/bin/python3", Path.Combine(Foreign, "python", "interop.py"), address),
            "node" => ForeignProgram.Start(
                "node",
                Path.Combine(Foreign, "node", "interop.js"),
                Path.Combine(Artifacts, "node"),
                Path.Combine(Foreign, "proto", "grpc", "testing", "test.proto"),
                address),
            _ => ForeignProgram.Start(Path.Combine(Artifacts, "cpp", "interop"), address),
        };
        _results = await program.ResultAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_quoter is not null)
        {
            await _quoter.DisposeAsync();
        }
    }

    [TestCase("empty_unary")]
    [TestCase("cacheable_unary")]
    [TestCase("large_unary")]
    [TestCase("client_compressed_unary")]
    [TestCase("server_compressed_unary")]
    [TestCase("client_streaming")]
    [TestCase("client_compressed_streaming")]
    [TestCase("server_streaming")]
    [TestCase("server_compressed_streaming")]
    [TestCase("ping_pong")]
    [TestCase("empty_stream")]
    [TestCase("custom_metadata")]
    [TestCase("status_code_and_message")]
    [TestCase("special_status_message")]
    [TestCase("unimplemented_method")]
    [TestCase("unimplemented_service")]
    [TestCase("cancel_after_begin")]
    [TestCase("cancel_after_first_response")]
    [TestCase("timeout_on_sleeping_server")]
    [TestCase("rpc_soak")]
    [TestCase("channel_soak")]
    public void TheCasePasses(string name)
    {
        if (language == "python" && name == "client_compressed_streaming")
        {
            Assert.That(_results.Keys, Has.None.EqualTo(name), "grpcio has no switch for single messages of a stream");
            return;
        }

        Assert.That(_results.Keys, Has.Some.EqualTo(name));
        Assert.That(_results[name].GetString(), Is.EqualTo("ok"));
    }

    [Test]
    public void NothingWentWrongOnTheServer() => Assert.That(_quoter.Log.Lines, Is.Empty);

    private void Require()
    {
        switch (language)
        {
            case "python":
                ForeignTool.Require(
                    "python3-grpcio and python3-protobuf; run scripts/install-test-clients.sh",
                    "/usr/bin/python3", "-c", "import grpc, google.protobuf");
                break;
            case "node":
                ForeignTool.Require(
                    "@grpc/grpc-js; run scripts/install-test-clients.sh",
                    "node", "-e", $"require('{Artifacts}/node/node_modules/@grpc/grpc-js')");
                break;
            default:
                ForeignTool.Require(
                    "the C++ client; run scripts/install-test-clients.sh",
                    Path.Combine(Artifacts, "cpp", "interop"), "--version");
                break;
        }
    }
}

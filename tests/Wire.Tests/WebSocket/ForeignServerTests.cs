using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

/// <summary>The client against a websocket server written by others.</summary>
[Category(Categories.Foreign)]
[Category(Categories.Loopback)]
public sealed class ForeignServerTests
{
    private const string Python = "/usr/bin/python3";

    private Process? _server;
    private WebSocketOptions? _options;

    [OneTimeSetUp]
    public void StartServer()
    {
        ForeignTool.Require(
            "python3 with websockets at /usr/bin/python3; install with: apt-get install -y python3-websockets",
            Python, "-c", "import websockets");
        var script = Path.Combine(Repository.Root, "tests", "Wire.Tests", "WebSocket", "foreign_server.py");
        _server = Process.Start(new ProcessStartInfo(Python, [script])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        var line = _server.StandardOutput.ReadLineAsync();
        Assert.That(Task.WaitAny([line], 30_000), Is.Zero, "the server printed no port");
        _options = new WebSocketOptions { Endpoint = new Uri($"ws://127.0.0.1:{line.Result}/stream") };
    }

    [OneTimeTearDown]
    public void StopServer()
    {
        if (_server is null)
        {
            return;
        }

        _server.StandardInput.Close();   // the server waits for the end of its input
        if (!_server.WaitForExit(10_000))
        {
            _server.Kill();
        }

        _server.Dispose();
    }

    [TestCase(false, true)]
    [TestCase(true, true)]
    [TestCase(true, false)]
    public void MessagesOfManySizesComeBackAsTheyWere(bool compresses, bool takesOver)
    {
        var deflate = new DeflateOptions
        {
            CompressFromBytes = 1,
            ServerNoContextTakeover = !takesOver,
            ClientNoContextTakeover = !takesOver,
            ServerMaxWindowBits = takesOver ? 15 : 10,
        };
        using var connection = LoopbackClient.Open(_options! with { Deflate = compresses ? deflate : null });
        Assert.That(connection.Deflate is not null, Is.EqualTo(compresses));
        foreach (var length in (int[])[0, 1, 125, 126, 65535, 65536, 1_000_000])
        {
            var payload = ServerFrames.Filler(length);

            Assert.That(connection.TrySendText(payload), Is.True);
            Expect(connection, MessageKind.Text, payload);
            Assert.That(connection.TrySendBinary(payload), Is.True);
            Expect(connection, MessageKind.Binary, payload);
        }

        Assert.That(connection.Close(CloseCode.Normal, "done"), Is.True);
    }

    [Test]
    public void FragmentsWithPingsBetweenBecomeOneMessage()
    {
        using var connection = LoopbackClient.Open(_options!);
        connection.TrySendText("fragments:500"u8);

        Expect(connection, MessageKind.Text,
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"part {i} \u20ac;"))));
        Assert.That(connection.PingsReceived, Is.EqualTo(500));
        Assert.That(connection.Close(CloseCode.Normal), Is.True);
    }

    [Test]
    public void PingsGoBothWays()
    {
        using var connection = LoopbackClient.Open(_options!);
        connection.TrySendText("ping"u8);
        Expect(connection, MessageKind.Text, "ponged"u8.ToArray());

        connection.TrySendPing("and you"u8);
        connection.TrySendText("x"u8);
        Expect(connection, MessageKind.Text, "x"u8.ToArray());

        Assert.That(connection.PongsReceived, Is.EqualTo(1));
        Assert.That(connection.Close(CloseCode.Normal), Is.True);
    }

    [Test]
    public void ServersCloseSurfacesWithCodeAndReason()
    {
        using var connection = LoopbackClient.Open(_options!);
        connection.TrySendText("close"u8);

        Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Closed));
        Assert.That(connection.Fault.CloseCode, Is.EqualTo((CloseCode)4001));
        Assert.That(connection.Fault.Text, Is.EqualTo("as you wish \u20ac"));
        Assert.That(connection.Close(CloseCode.Normal), Is.True, "both sides sent a close frame");
    }

    private static void Expect(WebSocketConnection connection, MessageKind kind, byte[] payload)
    {
        var outcome = connection.ReadMessage(out var actual, out var bytes);
        Assert.That(outcome, Is.EqualTo(ReadOutcome.Message), connection.Fault.ToString());
        Assert.That(actual, Is.EqualTo(kind));
        Assert.That(bytes.SequenceEqual(payload), Is.True, $"{bytes.Length} of {payload.Length} bytes");
    }
}

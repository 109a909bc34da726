using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Upgrade;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

[Category(Categories.Loopback)]
public sealed class UpgradeTests
{
    private const string Switch = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

    [TestCase(
        "HTTP/1.1 101 X\r\nUPGRADE: WebSocket\r\ncOnNeCtIoN: keep-alive, uPGRADE\r\n" +
        "sec-websocket-accept:  {accept} \r\n\r\n")]
    [TestCase(
        "HTTP/1.1 101\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Accept: {accept}\r\nX: a:b\r\nEmpty:\r\n\r\n")]
    [TestCase(
        "HTTP/1.1 101 \r\nConnection: keep-alive\r\nConnection: upgrade\r\nUpgrade: h2c, websocket\r\n" +
        "Sec-WebSocket-Accept: {accept}\r\n\r\n")]
    public void AnswerInOddButValidFormOpens(string answer)
    {
        using var peer = new ScriptedPeer(stream =>
        {
            var accept = PeerStream.AcceptOf(stream.ReadRequest());
            var text = answer.Replace("{accept}", accept, StringComparison.Ordinal);
            stream.SendChopped(Encoding.ASCII.GetBytes(text), 1);
            stream.Send(ServerFrames.TextOf("open"));
            stream.ReadToEnd();
        });
        using var connection = LoopbackClient.Open(peer);

        connection.ReadMessage(out _, out var payload);

        Assert.That(Encoding.UTF8.GetString(payload), Is.EqualTo("open"));
    }

    [Test]
    public void FramesInTheSameBytesAsTheAnswerAreNotLost()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(ServerFrames.Join(ServerFrames.TextOf("first"), ServerFrames.TextOf("second")[..4]));
            stream.Send(ServerFrames.TextOf("second").AsSpan(4));
            stream.ReadToEnd();
        });
        using var connection = LoopbackClient.Open(peer);

        connection.ReadMessage(out _, out var payload);
        Assert.That(Encoding.UTF8.GetString(payload), Is.EqualTo("first"));
        connection.ReadMessage(out _, out payload);
        Assert.That(Encoding.UTF8.GetString(payload), Is.EqualTo("second"));
    }

    [TestCase(Switch + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", WebSocketFaultCode.AcceptMismatch)]
    [TestCase(Switch + "Sec-WebSocket-Accept: {ACCEPT}\r\n\r\n", WebSocketFaultCode.AcceptMismatch)]
    [TestCase(Switch + "\r\n", WebSocketFaultCode.AcceptMismatch)]
    [TestCase(
        Switch + "Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Accept: x\r\n\r\n",
        WebSocketFaultCode.AcceptMismatch)]
    [TestCase(
        "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n",
        WebSocketFaultCode.UpgradeHeaderMissing)]
    [TestCase(
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: close\r\nSec-WebSocket-Accept: {accept}\r\n\r\n",
        WebSocketFaultCode.UpgradeHeaderMissing)]
    [TestCase(
        "HTTP/1.1 101 X\r\nUpgrade: websocket2\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n",
        WebSocketFaultCode.UpgradeHeaderMissing)]
    [TestCase(
        Switch + "Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
        WebSocketFaultCode.UnrequestedExtension)]
    [TestCase(
        Switch + "Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: chat\r\n\r\n",
        WebSocketFaultCode.UnrequestedSubProtocol)]
    [TestCase("HTTP/1.0 101 X\r\nUpgrade: websocket\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase("HTTP/1.1 1O1 X\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase("HTTP/1.1 1011 X\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase("HTTP/1.1 099 X\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase("HTTP/1.1 101 X\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase("SSH-2.0-OpenSSH\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase("\u0081\u0005Hello", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase(Switch + "X-Folded: a\r\n b\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase(Switch + "no colon\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase(Switch + "Space : a\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase(Switch + ": no name\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase(Switch + "X: nul \u0000\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    [TestCase(Switch + "X: bare\nY: feed\r\n\r\n", WebSocketFaultCode.UpgradeMalformed)]
    public void AnswerThatIsNoUpgradeIsRefused(string answer, WebSocketFaultCode expected)
    {
        using var peer = new ScriptedPeer(stream =>
        {
            var accept = PeerStream.AcceptOf(stream.ReadRequest());
            stream.Send(answer
                .Replace("{accept}", accept, StringComparison.Ordinal)
                .Replace("{ACCEPT}", accept.ToUpperInvariant(), StringComparison.Ordinal));
            stream.ReadToEnd();
        });

        var fault = LoopbackClient.Refused(LoopbackClient.OptionsFor(peer));

        Assert.That(fault.Code, Is.EqualTo(expected), fault.Text);
    }

    [TestCase("301 Moved Permanently", "Location: wss://elsewhere.example/ws\r\n", null, "wss://elsewhere.example/ws")]
    [TestCase("403 Forbidden", "Content-Length: 5\r\n", null, null)]
    [TestCase("429 Too Many Requests", "retry-after: 120\r\n", "120", null)]
    [TestCase("502 Bad Gateway", "", null, null)]
    [TestCase("200 OK", "Upgrade: websocket\r\nConnection: Upgrade\r\n", null, null)]
    public void AnswerOtherThan101TellsStatusAndWhatToDo(
        string status,
        string headers,
        string? retryAfter,
        string? location)
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.ReadRequest();
            stream.Send($"HTTP/1.1 {status}\r\n{headers}\r\nbody");
            stream.ReadToEnd();
        });

        var fault = LoopbackClient.Refused(LoopbackClient.OptionsFor(peer));

        Assert.That(fault.Code, Is.EqualTo(WebSocketFaultCode.UpgradeRejected));
        Assert.That(fault.Text, Is.EqualTo($"expected status 101, received {status}"));
        Assert.That(fault.Rejection, Is.EqualTo(new UpgradeRejection(
            int.Parse(status[..3], CultureInfo.InvariantCulture), status[4..], retryAfter, location)));
    }

    [Test]
    public void HeadOfAMegabyteIsRefusedAtTheCap()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.ReadRequest();
            stream.Send(Switch);
            stream.SendUntilRefused(Encoding.ASCII.GetBytes($"X-Large: {new string('x', 1024 * 1024)}\r\n\r\n"));
            stream.ReadToEnd();
        });

        var fault = LoopbackClient.Refused(LoopbackClient.OptionsFor(peer));

        Assert.That(fault.Code, Is.EqualTo(WebSocketFaultCode.UpgradeHeaderTooLarge));
    }

    [Test]
    public void WholeHeadBeyondTheCapIsRefusedToo()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            var accept = PeerStream.AcceptOf(stream.ReadRequest());
            stream.Send($"{Switch}Sec-WebSocket-Accept: {accept}\r\nX: {new string('x', 1000)}\r\n\r\n");
            stream.ReadToEnd();
        });
        var options = LoopbackClient.OptionsFor(peer) with { Limits = new WebSocketLimits { MaxHeaderBytes = 1000 } };

        var fault = LoopbackClient.Refused(options);

        Assert.That(fault.Code, Is.EqualTo(WebSocketFaultCode.UpgradeHeaderTooLarge));
    }

    [Test]
    public void DrippingAnswerIsGivenUpAtTheLimitAndNotAtEachByte()
    {
        var limit = TimeSpan.FromMilliseconds(300);
        using var done = new System.Threading.ManualResetEventSlim();
        using var peer = new ScriptedPeer(stream =>
        {
            stream.ReadRequest();
            foreach (var b in Encoding.ASCII.GetBytes(Switch + new string('x', 100_000)))
            {
                if (done.Wait(20) || !stream.SendUntilRefused([b]))
                {
                    return;
                }
            }
        });
        var clock = Stopwatch.StartNew();

        var fault = LoopbackClient.Refused(LoopbackClient.OptionsFor(peer) with { UpgradeLimit = limit });
        var elapsed = clock.Elapsed;
        done.Set();

        Assert.That(fault.Code, Is.EqualTo(WebSocketFaultCode.UpgradeTimedOut));
        Assert.That(elapsed, Is.GreaterThanOrEqualTo(limit).And.LessThan(limit * 10));
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\nUpgr")]
    public void PeerThatClosesBeforeItsAnswerIsWholeIsSeen(string part)
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.ReadRequest();
            stream.Send(part);
        });

        var fault = LoopbackClient.Refused(LoopbackClient.OptionsFor(peer));

        Assert.That(fault.Code, Is.EqualTo(WebSocketFaultCode.UpgradePeerClosed));
    }

    [Test]
    public void RequestCarriesHostPathKeyAndGivenHeaders()
    {
        var request = "";
        using var peer = new ScriptedPeer(stream =>
        {
            request = stream.Upgrade();
            stream.ReadToEnd();
        });
        var options = LoopbackClient.OptionsFor(peer) with
        {
            Headers = [new("X-MBX-APIKEY", "k"), new("User-Agent", "quoter/1")],
        };
        LoopbackClient.Open(options).Dispose();
        peer.Dispose();

        var lines = request.Split("\r\n");
        Assert.That(lines[0], Is.EqualTo("GET /stream?x=1 HTTP/1.1"));
        Assert.That(lines, Does.Contain($"Host: 127.0.0.1:{peer.Port}"));
        Assert.That(lines, Does.Contain("X-MBX-APIKEY: k").And.Contain("User-Agent: quoter/1"));
        Assert.That(lines, Does.Contain("Sec-WebSocket-Version: 13"));
        Assert.That(request, Does.Not.Contain("Extensions"));
        Assert.That(request, Does.EndWith("\r\n\r\n"));
    }

    [TestCase("wss://venue.example/ws", "Host: venue.example\r\n")]
    [TestCase("wss://venue.example:9443/ws", "Host: venue.example:9443\r\n")]
    [TestCase("ws://[::1]:8080/", "Host: [::1]:8080\r\n")]
    public void HostNamesThePortUnlessItIsTheSchemesOwn(string endpoint, string expected)
    {
        var request = Encoding.Latin1.GetString(UpgradeRequest.Format(new Uri(endpoint), UpgradeKey.New(), []));

        Assert.That(request, Does.Contain(expected));
    }

    [Test]
    public void GivenHostReplacesTheEndpoints()
    {
        KeyValuePair<string, string>[] headers = [new("host", "front.example")];
        var bytes = UpgradeRequest.Format(new Uri("ws://10.0.0.1/"), UpgradeKey.New(), headers);
        var request = Encoding.Latin1.GetString(bytes);

        Assert.That(request, Does.Contain("Host: front.example\r\n").And.Not.Contain("10.0.0.1"));
    }

    [TestCase("Sec-WebSocket-Key", "x")]
    [TestCase("connection", "close")]
    [TestCase("X Y", "z")]
    [TestCase("", "z")]
    [TestCase("X", "a\r\nInjected: b")]
    [TestCase("X", "\u20ac")]
    public void HeaderThatCannotBeSentIsNamed(string name, string value) =>
        Assert.That(
            () => UpgradeRequest.Format(new Uri("ws://venue.example/"), UpgradeKey.New(), [new(name, value)]),
            Throws.ArgumentException.With.Message.Contains("header"));

    [TestCase("https://venue.example/")]
    [TestCase("ws://user:secret@venue.example/")]
    [TestCase("ws://venue.example/#part")]
    [TestCase("/relative")]
    public void EndpointThatIsNoWebSocketIsNamed(string endpoint) =>
        Assert.That(
            () => new WebSocketOptions { Endpoint = new Uri(endpoint, UriKind.RelativeOrAbsolute) }.Validate(),
            Throws.ArgumentException.With.Message.Contains("Endpoint"));
}

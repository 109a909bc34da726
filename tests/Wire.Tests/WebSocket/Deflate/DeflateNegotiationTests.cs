using System;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Tests.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Deflate;

public sealed class DeflateNegotiationTests
{
    private static readonly DeflateOptions Plain = new();

    private static readonly DeflateOptions Strict = new()
    {
        ServerNoContextTakeover = true,
        ClientNoContextTakeover = true,
        ServerMaxWindowBits = 10,
        AllowsClientWindowBits = false,
    };

    [Test]
    public void OfferSaysWhatIsAskedFor()
    {
        Assert.That(DeflateNegotiation.Offer(Plain), Is.EqualTo("permessage-deflate; client_max_window_bits"));
        Assert.That(
            DeflateNegotiation.Offer(Strict),
            Is.EqualTo(
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10"));
    }

    [TestCase("permessage-deflate", false, false, 15, 15)]
    [TestCase("permessage-deflate;client_no_context_takeover", false, true, 15, 15)]
    [TestCase("permessage-deflate; server_no_context_takeover", true, false, 15, 15)]
    [TestCase("permessage-deflate; server_max_window_bits=8 ;client_max_window_bits = 12", false, false, 8, 12)]
    [TestCase("permessage-deflate; server_max_window_bits=\"10\"", false, false, 10, 15)]
    [TestCase("permessage-deflate ; client_max_window_bits=15", false, false, 15, 15)]
    public void AnswerToAPlainOfferMayLimitEitherSide(string answer, bool server, bool client, int its, int ours)
    {
        Assert.That(DeflateNegotiation.TryAgree(answer, Plain, out var terms, out var complaint), Is.True, complaint);
        Assert.That(terms, Is.EqualTo(new DeflateTerms(server, client, its, ours)));
    }

    [TestCase("permessage-deflate; server_no_context_takeover; server_max_window_bits=10", 10)]
    [TestCase("permessage-deflate; server_max_window_bits=8; server_no_context_takeover", 8)]
    public void AnswerMayGiveMoreThanWasAskedFor(string answer, int bits)
    {
        Assert.That(DeflateNegotiation.TryAgree(answer, Strict, out var terms, out var complaint), Is.True, complaint);
        Assert.That(terms, Is.EqualTo(new DeflateTerms(true, true, bits, 15)), "our own hint holds for ourselves");
    }

    [TestCase("permessage-deflate")]
    [TestCase("permessage-deflate; server_no_context_takeover")]
    [TestCase("permessage-deflate; server_max_window_bits=10")]
    [TestCase("permessage-deflate; server_no_context_takeover; server_max_window_bits=11")]
    [TestCase("permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=9")]
    public void AnswerThatContradictsTheOfferIsRefused(string answer) => Refuse(answer, Strict);

    [TestCase("x-webkit-deflate-frame")]
    [TestCase("permessage-deflate, permessage-deflate")]
    [TestCase("permessage-deflate; server_no_context_takeover, x-other")]
    [TestCase("permessage-deflate; server_no_context_takeover=1")]
    [TestCase("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [TestCase("permessage-deflate; server_max_window_bits")]
    [TestCase("permessage-deflate; server_max_window_bits=7")]
    [TestCase("permessage-deflate; server_max_window_bits=16")]
    [TestCase("permessage-deflate; server_max_window_bits=08")]
    [TestCase("permessage-deflate; server_max_window_bits=1e1")]
    [TestCase("permessage-deflate; client_max_window_bits")]
    [TestCase("permessage-deflate; client_max_window_bits=")]
    [TestCase("permessage-deflate; client_max_window_bits=\"15")]
    [TestCase("permessage-deflate; unknown")]
    [TestCase("permessage-deflate;")]
    [TestCase("; permessage-deflate")]
    [TestCase("permessage-deflate-2")]
    public void AnswerWithoutASenseIsRefused(string answer) => Refuse(answer, Plain);

    [Test]
    [Category(Categories.Loopback)]
    public void ConnectionOnTermsThatWereNotOfferedIsNotOpened()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Upgrade(extensions: "permessage-deflate; server_max_window_bits=99");
            stream.ReadToEnd();
        });

        var fault = LoopbackClient.Refused(LoopbackClient.OptionsFor(peer) with { Deflate = Plain });

        Assert.That(fault.Code, Is.EqualTo(WebSocketFaultCode.ExtensionTermsInvalid), fault.Text);
        Assert.That(fault.Text, Does.Contain("server_max_window_bits=99"));
    }

    [Test]
    [Category(Categories.Loopback)]
    public void ServerMayDeclineAndNothingIsOfferedByDefault([Values] bool isOffered)
    {
        var request = "";
        using var peer = new ScriptedPeer(stream =>
        {
            request = stream.Upgrade(ServerFrames.TextOf("plain"));
            stream.Send(ServerFrames.Frame(1, [0x00], reserved: 4));
            stream.ReadToEnd();
        });
        var options = LoopbackClient.OptionsFor(peer) with { Deflate = isOffered ? Plain : null };
        using (var connection = LoopbackClient.Open(options))
        {
            Assert.That(connection.Deflate, Is.Null);
            Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Message));
            Assert.That(connection.ReadMessage(out _, out _), Is.EqualTo(ReadOutcome.Failed));
            Assert.That(connection.Fault.Code, Is.EqualTo(WebSocketFaultCode.ReservedBits), "not agreed on");
        }

        peer.Dispose();
        Assert.That(request.Contains("Sec-WebSocket-Extensions", StringComparison.Ordinal), Is.EqualTo(isOffered));
    }

    [TestCase(7)]
    [TestCase(16)]
    public void WindowThatCannotBeIsNamed(int bits) =>
        Assert.That(
            () => (Plain with { ServerMaxWindowBits = bits }).Validate(),
            Throws.ArgumentException.With.Message.Contains("ServerMaxWindowBits"));

    [Test]
    public void ThresholdThatCannotBeIsNamed() =>
        Assert.That(
            () => (Plain with { CompressFromBytes = 0 }).Validate(),
            Throws.ArgumentException.With.Message.Contains("CompressFromBytes"));

    private static void Refuse(string answer, DeflateOptions offered)
    {
        Assert.That(DeflateNegotiation.TryAgree(answer, offered, out var terms, out var complaint), Is.False);
        Assert.That(terms, Is.Null);
        Assert.That(complaint, Is.Not.Empty);
    }
}

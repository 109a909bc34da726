using System;
using System.Diagnostics;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Transport;

[Category(Categories.Loopback)]
public sealed class TlsTests
{
    private readonly TestAuthority _authority = new();

    [OneTimeTearDown]
    public void Forget() => _authority.Dispose();

    [TestCase("localhost", SslProtocols.Tls12)]
    [TestCase("localhost", SslProtocols.Tls13)]
    [TestCase("127.0.0.1", SslProtocols.Tls13)]
    public void VerifiedPeerIsTalkedTo(string host, SslProtocols protocol)
    {
        using var certificate = _authority.Issue(host);
        using var peer = new ScriptedPeer(
            stream => stream.Send(stream.Read(5)), secure: TestAuthority.Serve(certificate, protocol));
        using var socket = Open(peer, host);

        Assert.That(socket.TrySend("hello"u8), Is.True, socket.Fault.ToString());
        var buffer = new byte[100];
        Assert.That(Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)), Is.EqualTo("hello"));
        Assert.That(socket.Receive(buffer), Is.Zero);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.PeerClosed));
    }

    [Test]
    public void CertificateForAnotherHostIsRefused() =>
        Refused(_authority.Issue("elsewhere.example"), "RemoteCertificateNameMismatch");

    [Test]
    public void ExpiredCertificateIsRefused() => Refused(_authority.Issue("localhost", -30, -1), "NotTimeValid");

    [Test]
    public void CertificateOfTheFutureIsRefused() => Refused(_authority.Issue("localhost", 1, 30), "NotTimeValid");

    [Test]
    public void CertificateOfAClientIsRefused() =>
        Refused(_authority.Issue("localhost", forServers: false), "NotValidForUsage");

    [Test]
    public void CertificateOfAnotherAuthorityIsRefused()
    {
        using var stranger = new TestAuthority();
        Refused(stranger.Issue("localhost"), "RemoteCertificateChainErrors");
    }

    [Test]
    public void PrivateAuthorityIsRefusedUnlessItIsNamed() =>
        Refused(_authority.Issue("localhost"), "RemoteCertificateChainErrors", new TlsOptions());

    [Test]
    public void PeerWithoutTlsIsRefused()
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Send("HTTP/1.1 400 Bad Request\r\n\r\n");
            stream.ReadToEnd();
        });

        Assert.That(Fault(peer, new TlsOptions()).Code, Is.EqualTo(TransportFaultCode.TlsFailed));
    }

    [Test]
    public void PeerThatNeverAnswersIsGivenUpAtTheLimit()
    {
        using var peer = new ScriptedPeer(stream => stream.ReadToEnd());

        var fault = Fault(peer, new TlsOptions(), TimeSpan.FromMilliseconds(200));

        Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.TlsFailed));
        Assert.That(fault.Text, Does.Contain("within the limit"));
    }

    [Test]
    public void StopWhileAgreeingEndsTheAttempt()
    {
        using var peer = new ScriptedPeer(stream => stream.ReadToEnd());
        var options = OptionsFor(peer, "localhost", new TlsOptions());

        var opened = StreamSocket.TryOpen(options, new IdleCallback(() => false), out _, out var fault);

        Assert.That(opened, Is.False);
        Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.Stopped));
    }

    [Test]
    public void IdleCallbackRunsAndSendsAndStopsUnderTls()
    {
        using var certificate = _authority.Issue("localhost");
        using var peer = new ScriptedPeer(
            stream =>
            {
                Assert.That(Encoding.ASCII.GetString(stream.Read(4)), Is.EqualTo("idle"));
                stream.Send("answer");
                stream.ReadToEnd();
            },
            secure: TestAuthority.Serve(certificate));
        StreamSocket? socket = null;
        var calls = 0;
        var idle = new IdleCallback(() =>
        {
            if (socket is null)
            {
                return true;
            }

            calls++;
            return calls switch
            {
                1 => false,
                2 => socket.TrySend("idle"u8),
                _ => true,
            };
        });
        using (socket = Open(peer, "localhost", idle))
        {
            var buffer = new byte[100];

            Assert.That(socket.Receive(buffer), Is.Zero);
            Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.Stopped));
            Assert.That(Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)), Is.EqualTo("answer"));
        }
    }

    [Test]
    public void BytesThatTlsHasBufferedAreNotWaitedFor()
    {
        using var certificate = _authority.Issue("localhost");
        using var peer = new ScriptedPeer(
            stream =>
            {
                stream.Send(new byte[10_000]);
                stream.ReadToEnd();
            },
            secure: TestAuthority.Serve(certificate));
        using var socket = Open(peer, "localhost", interval: TimeSpan.FromSeconds(60));
        var buffer = new byte[100];
        var clock = Stopwatch.StartNew();

        var total = 0;
        for (int count; total < 10_000 && (count = socket.Receive(buffer)) > 0;)
        {
            total += count;
        }

        Assert.That(total, Is.EqualTo(10_000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "a wait for the socket takes the interval");
    }

    [Test]
    public void RecordThatWasTamperedWithEndsTheStream()
    {
        using var certificate = _authority.Issue("localhost");
        using var peer = new ScriptedPeer(
            stream =>
            {
                stream.Socket.Send(ServerRecord());
                stream.ReadToEnd();
            },
            secure: TestAuthority.Serve(certificate));
        using var socket = Open(peer, "localhost");
        var buffer = new byte[100];

        Assert.That(socket.Receive(buffer), Is.Zero);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.ConnectionLost), socket.Fault.Text);
        Assert.That(socket.TrySend("x"u8), Is.False);
    }

    [Test]
    public void DisposeFromAnotherThreadEndsAReceiveUnderTls()
    {
        using var certificate = _authority.Issue("localhost");
        using var peer = new ScriptedPeer(stream => stream.ReadToEnd(), secure: TestAuthority.Serve(certificate));
        var socket = Open(peer, "localhost", interval: TimeSpan.FromSeconds(60));
        using var isReceiving = new ManualResetEventSlim();
        var receiver = new Thread(() =>
        {
            isReceiving.Set();
            socket.Receive(new byte[100]);
        });
        receiver.Start();
        isReceiving.Wait();

        socket.Dispose();

        Assert.That(receiver.Join(5_000), Is.True);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.Disposed), socket.Fault.Text);
    }

    /// <summary>A record of application bytes that no key has encrypted.</summary>
    private static byte[] ServerRecord() => [23, 3, 3, 0, 32, .. new byte[32]];

    private void Refused(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate,
        string reason,
        TlsOptions? tls = null)
    {
        using (certificate)
        {
            using var peer = new ScriptedPeer(stream => stream.ReadToEnd(), secure: TestAuthority.Serve(certificate));

            var fault = Fault(peer, tls ?? new TlsOptions { TrustedRoots = _authority.Roots });

            Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.CertificateRefused), fault.Text);
            Assert.That(fault.Text, Does.Contain(reason).And.Contain("localhost"));
        }
    }

    private static TransportFault Fault(ScriptedPeer peer, TlsOptions tls, TimeSpan? limit = null)
    {
        var options = OptionsFor(peer, "localhost", tls) with { ConnectLimit = limit ?? TimeSpan.FromSeconds(10) };
        Assert.That(StreamSocket.TryOpen(options, IdleCallback.Nothing, out _, out var fault), Is.False);
        return fault;
    }

    private StreamSocket Open(ScriptedPeer peer, string host, IReceiveIdle? idle = null, TimeSpan? interval = null)
    {
        var options = OptionsFor(peer, host, new TlsOptions { TrustedRoots = _authority.Roots }) with
        {
            IdleInterval = interval ?? TimeSpan.FromMilliseconds(5),
        };
        var opened = StreamSocket.TryOpen(options, idle ?? IdleCallback.Nothing, out var socket, out var fault);
        Assert.That(opened, Is.True, fault.ToString());
        return socket!;
    }

    private static StreamSocketOptions OptionsFor(ScriptedPeer peer, string host, TlsOptions tls) =>
        new() { Host = host, Port = peer.Port, Tls = tls, ConnectLimit = TimeSpan.FromSeconds(10) };
}

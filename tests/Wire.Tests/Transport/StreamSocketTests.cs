using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Transport;

[Category(Categories.Loopback)]
public sealed class StreamSocketTests
{
    [Test]
    public void BytesComeAndGoInBothModes([Values] ReceiveMode mode, [Values("127.0.0.1", "localhost")] string host)
    {
        using var peer = new ScriptedPeer(stream => stream.Send(stream.Read(5)));
        using var socket = Open(peer, options => options with { ReceiveMode = mode, Host = host });

        Assert.That(socket.TrySend("hello"u8), Is.True);
        var buffer = new byte[100];
        Assert.That(Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)), Is.EqualTo("hello"));
        Assert.That(socket.Receive(buffer), Is.Zero);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.PeerClosed));
        Assert.That(socket.Receive(buffer), Is.Zero, "and stays so");
    }

    [Test]
    public void IdleCallbackRunsWhileNoByteIsThereAndCanStop([Values] ReceiveMode mode)
    {
        using var peer = new ScriptedPeer(stream =>
        {
            stream.Read(1);
            stream.Send("late");
            stream.ReadToEnd();
        });
        var calls = 0;
        var idle = new IdleCallback(() => ++calls % 3 != 0);
        using var socket = Open(peer, options => options with { ReceiveMode = mode }, idle);
        var buffer = new byte[100];
        calls = 0;

        Assert.That(socket.Receive(buffer), Is.Zero);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.Stopped));
        Assert.That(calls, Is.EqualTo(3));

        socket.TrySend("x"u8);
        int count;
        while ((count = socket.Receive(buffer)) == 0)
        {
            Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.Stopped));
        }

        Assert.That(Encoding.ASCII.GetString(buffer, 0, count), Is.EqualTo("late"), "may be repeated");
    }

    [Test]
    public void ReceiveFromWithinTheIdleCallbackIsAMistake()
    {
        using var peer = new ScriptedPeer(stream => stream.ReadToEnd());
        StreamSocket? socket = null;
        using (socket = Open(peer, idle: new IdleCallback(() => socket is null || socket.Receive(new byte[1]) > 0)))
        {
            Assert.That(() => socket.Receive(new byte[1]), Throws.InvalidOperationException);
            Assert.That(() => socket.Receive([]), Throws.ArgumentException);
        }
    }

    [Test]
    public void ReceiveLimitEndsAWaitAndMutesTheIdleCallback([Values] ReceiveMode mode)
    {
        using var peer = new ScriptedPeer(stream => stream.ReadToEnd());
        var isMuted = false;
        using var socket = Open(peer, options => options with { ReceiveMode = mode }, new IdleCallback(() => !isMuted));
        isMuted = true;
        socket.LimitReceive(TimeSpan.FromMilliseconds(50), muteIdle: true);

        Assert.That(socket.Receive(new byte[1]), Is.Zero);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.ReceiveTimedOut));
        socket.LiftReceiveLimit();
        Assert.That(socket.Receive(new byte[1]), Is.Zero);
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.Stopped));
    }

    [Test]
    public void PeerThatDoesNotReadMeetsTheSendLimit()
    {
        using var done = new ManualResetEventSlim();
        using var peer = new ScriptedPeer(_ => Assert.That(done.Wait(15_000), Is.True));
        using var socket = Open(peer, options => options with { SendLimit = TimeSpan.FromMilliseconds(100) });
        var bytes = new byte[1024 * 1024];

        var clock = Stopwatch.StartNew();
        while (socket.TrySend(bytes))
        {
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        }

        done.Set();
        Assert.That(socket.Fault.Code, Is.EqualTo(TransportFaultCode.SendTimedOut));
        Assert.That(socket.Receive(bytes), Is.Zero, "a part may have gone: the stream is over");
    }

    [Test]
    public void DisposeFromAnotherThreadEndsAReceive([Values] ReceiveMode mode)
    {
        using var peer = new ScriptedPeer(stream => stream.ReadToEnd());
        var socket = Open(peer, options => options with
        {
            ReceiveMode = mode,
            IdleInterval = TimeSpan.FromSeconds(60),
            PollsPerIdle = int.MaxValue,
        });
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
        Assert.That(socket.TrySend("x"u8), Is.False);
        Assert.That(socket.Dispose, Throws.Nothing, "may be repeated");
    }

    [Test]
    public void ClosedPortIsRefusedAtOnce()
    {
        var fault = Fault(new StreamSocketOptions { Host = "localhost", Port = FreePort.Take() });

        Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.ConnectRefused), fault.Text);
    }

    [Test]
    public void HostThatDoesNotAnswerIsGivenUpAtTheLimit()
    {
        // A listener whose queue is full lets further requests for a connection go unanswered.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var first = Queue(port);
        using var second = Queue(port);
        var limit = TimeSpan.FromMilliseconds(200);
        var clock = Stopwatch.StartNew();

        var fault = Fault(new StreamSocketOptions { Host = "127.0.0.1", Port = port, ConnectLimit = limit });

        Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.ConnectTimedOut), fault.Text);
        Assert.That(clock.Elapsed, Is.InRange(limit, limit * 10));
    }

    [Test]
    public void NameWithoutAnAddressIsNamed()
    {
        // A label of more than 63 characters is refused by the resolver itself: nobody is asked.
        var host = $"{new string('x', 64)}.example";

        var fault = Fault(new StreamSocketOptions { Host = host, Port = 1 });

        Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.NameNotResolved));
        Assert.That(fault.Text, Does.Contain(host));
    }

    [Test]
    public void StopWhileConnectingEndsTheAttempt()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var first = Queue(port);
        using var second = Queue(port);

        var opened = StreamSocket.TryOpen(
            new StreamSocketOptions { Host = "127.0.0.1", Port = port },
            new IdleCallback(() => false),
            out _,
            out var fault);

        Assert.That(opened, Is.False);
        Assert.That(fault.Code, Is.EqualTo(TransportFaultCode.Stopped));
    }

    [Test]
    public void OptionThatCannotWorkIsNamed()
    {
        var options = new StreamSocketOptions { Host = "localhost", Port = 1 };

        Assert.That((options with { Port = 0 }).Validate, Throws.ArgumentException.With.Message.Contains("Port"));
        Assert.That((options with { Host = "" }).Validate, Throws.ArgumentException.With.Message.Contains("Host"));
        Assert.That(
            (options with { IdleInterval = TimeSpan.Zero }).Validate,
            Throws.ArgumentException.With.Message.Contains("IdleInterval"));
    }

    private static Socket Queue(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static TransportFault Fault(StreamSocketOptions options)
    {
        Assert.That(StreamSocket.TryOpen(options, IdleCallback.Nothing, out _, out var fault), Is.False);
        return fault;
    }

    private static StreamSocket Open(
        ScriptedPeer peer,
        Func<StreamSocketOptions, StreamSocketOptions>? change = null,
        IReceiveIdle? idle = null)
    {
        var options = new StreamSocketOptions
        {
            Host = "127.0.0.1",
            Port = peer.Port,
            IdleInterval = TimeSpan.FromMilliseconds(5),
            PollsPerIdle = 10,
        };
        var opened = StreamSocket.TryOpen(
            change?.Invoke(options) ?? options, idle ?? IdleCallback.Nothing, out var socket, out var fault);
        Assert.That(opened, Is.True, fault.ToString());
        return socket!;
    }
}

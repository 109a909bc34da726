using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Transport;

[Category(Categories.Loopback)]
public sealed class SocketWaitTests
{
    [Test]
    public void BytesOnAnyOfTheSocketsEndTheWait()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var silent = Connect(listener, out var mute);
        using var talking = Connect(listener, out var peer);
        using var wait = new SocketWait(2);
        wait.Add(silent.Handle);
        wait.Add(talking.Handle);
        var sender = new Thread(() => peer.Send("x"u8));
        var watch = Stopwatch.StartNew();
        sender.Start();
        wait.Wait(20_000);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(talking.Available, Is.EqualTo(1));
        wait.Wait(20_000);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "it has still to be read");
        sender.Join();
        mute.Dispose();
        peer.Dispose();
    }

    [Test]
    public void EndOfASocketEndsTheWaitToo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = Connect(listener, out var peer);
        using var wait = new SocketWait(1);
        wait.Add(socket.Handle);
        peer.Dispose();
        var watch = Stopwatch.StartNew();
        wait.Wait(20_000);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void WaitWithoutSocketsIsASleep()
    {
        using var wait = new SocketWait(1);
        var watch = Stopwatch.StartNew();
        wait.Wait(30);

        Assert.That(watch.Elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(OperatingSystem.IsWindows() ? 0 : 25)));
    }

    [Test]
    public void MoreSocketsThanTheCapacityAreRefused()
    {
        using var wait = new SocketWait(1);
        wait.Add(1);

        Assert.That(() => wait.Add(2), Throws.InvalidOperationException.With.Message.Contains("more than 1"));
        wait.Clear();
        Assert.That(() => wait.Add(2), Throws.Nothing);
    }

    private static Socket Connect(TcpListener listener, out Socket peer)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndpoint);
        peer = listener.AcceptSocket();
        return socket;
    }
}

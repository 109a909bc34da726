using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>
/// A listener on 127.0.0.1 that agrees to each upgrade and plays a script with the socket. The script gets the number
/// of the connection, from 1.
/// </summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly Task _accept;
    private int _connections;

    public RawPeer(Action<Stream, int> script)
    {
        _listener.Start();
        _accept = Task.Run(() => AcceptAsync(script));
    }

    public int Connections => Volatile.Read(ref _connections);

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Ends with the peer.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>A whole text frame of a server.</summary>
    public static byte[] Text(string text) => Frame(0x81, Encoding.UTF8.GetBytes(text));

    public static byte[] Frame(byte first, byte[] payload)
    {
        if (payload.Length < 126)
        {
            return [first, (byte)payload.Length, .. payload];
        }

        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
        return [first, 126, .. length, .. payload];
    }

    /// <summary>
    /// Takes one small frame of the client: its opcode, or -1 when it closes, which is answered, or is gone.
    /// </summary>
    public static int ReadFrame(Stream stream)
    {
        var header = new byte[2];
        if (stream.ReadAtLeast(header, 2, throwOnEndOfStream: false) < 2)
        {
            return -1;
        }

        var length = header[1] & 0x7F;
        if (length == 126)
        {
            var large = new byte[2];
            stream.ReadExactly(large);
            length = BinaryPrimitives.ReadUInt16BigEndian(large);
        }

        stream.ReadExactly(new byte[4 + length]);
        if ((header[0] & 0x0F) == 8)
        {
            stream.Write(Frame(0x88, [0x03, 0xE8]));
            return -1;
        }

        return header[0] & 0x0F;
    }

    /// <summary>Reads until the client ends its stream.</summary>
    public static void Drain(Stream stream)
    {
        while (ReadFrame(stream) >= 0)
        {
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        Assert.That(_accept.Wait(TimeSpan.FromSeconds(10)), Is.True);
        _stop.Dispose();
        Assert.That(_failures, Is.Empty);
    }

    private async Task AcceptAsync(Action<Stream, int> script)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var number = Interlocked.Increment(ref _connections);
                _ = Task.Factory.StartNew(
                    () => Play(client, number, script),
                    _stop.Token,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Play(TcpClient client, int number, Action<Stream, int> script)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                var stream = client.GetStream();
                Upgrade(stream);
                script(stream, number);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // the client has gone, or the test is over
            }
            catch (Exception e)
            {
                _failures.Enqueue(e);
                throw;
            }
        }
    }

    private static void Upgrade(Stream stream)
    {
        var head = new StringBuilder();
        var letter = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            stream.ReadExactly(letter);
            head.Append((char)letter[0]);
        }

        const string Name = "Sec-WebSocket-Key: ";
        var request = head.ToString();
        var start = request.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        var key = request[start..request.IndexOf('\r', start)];
#pragma warning disable CA5350 // the protocol says SHA-1
        var accept = Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        stream.Write(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {accept}\r\n\r\n"));
    }
}

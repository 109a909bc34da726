using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Testing;

/// <summary>One connection through a <see cref="ChaosProxy"/>: a pump in each direction.</summary>
internal sealed class ProxiedConnection : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly ChaosProxy _proxy;
    private readonly Socket _client;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Random _random;
    private readonly CancellationTokenSource _over = new();
    private long _sent;

    public ProxiedConnection(ChaosProxy proxy, Socket client, Random random)
    {
        _proxy = proxy;
        _client = client;
        _random = random;
    }

    /// <summary>Passes bytes until either side, or the proxy, ends it.</summary>
    public async Task RunAsync(IPEndPoint target)
    {
        if (_proxy.Toxics.RefusesConnections)
        {
            Reset();
            return;
        }

        try
        {
            await _server.ConnectAsync(target, _over.Token);
            _client.NoDelay = _server.NoDelay = true;
        }
        catch (Exception exception) when (IsLost(exception))
        {
            Reset();
            return;
        }

        await Task.WhenAll(PassAsync(_client, _server, isDown: false), PassAsync(_server, _client, isDown: true));
    }

    /// <summary>RST in both directions.</summary>
    public void Reset()
    {
        try
        {
            _over.Cancel();
            _client.LingerState = new LingerOption(true, 0);
            _server.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            // it ended by itself meanwhile
        }

        _client.Close();
        _server.Close();
    }

    /// <summary>FIN in both directions.</summary>
    public void Finish()
    {
        try
        {
            _client.Shutdown(SocketShutdown.Send);
            _server.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            // it ended by itself meanwhile
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _over.Dispose();
    }

    private static bool IsLost(Exception exception) =>
        exception is SocketException or OperationCanceledException or ObjectDisposedException;

    private async Task PassAsync(Socket from, Socket to, bool isDown)
    {
        try
        {
            await PumpAsync(from, to, isDown);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            Reset();   // what broke one side breaks the other
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isDown)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer.AsMemory(), _over.Token);
            if (isDown)
            {
                await HoldAsync(_proxy.Toxics, read);
            }

            await PassableAsync(isDown);
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            await SendAsync(to, buffer.AsMemory(0, read), isDown);
        }
    }

    private async Task HoldAsync(Toxics toxics, int read)
    {
        var delay = toxics.Latency + (((2 * _random.NextDouble()) - 1) * toxics.Jitter);
        if (read == 0)
        {
            delay += toxics.SlowClose;
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _over.Token);
        }
    }

    /// <summary>Waits while nothing may pass.</summary>
    private async Task PassableAsync(bool isDown)
    {
        while (_proxy.Toxics is var toxics && (toxics.IsBlackHole || (isDown && toxics.IsHalfOpen)))
        {
            await Task.Delay(Look, _over.Token);
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, bool isDown)
    {
        while (!bytes.IsEmpty)
        {
            var toxics = _proxy.Toxics;
            var slice = isDown && toxics.SliceMax != 0
                ? Math.Min(bytes.Length, _random.Next(1, toxics.SliceMax + 1))
                : bytes.Length;
            if (isDown && toxics.LimitBytes != 0)
            {
                slice = (int)Math.Min(slice, toxics.LimitBytes - _sent);
                if (slice <= 0)
                {
                    Reset();
                    return;
                }
            }

            if (isDown && toxics.BytesPerSecond != 0)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)slice / toxics.BytesPerSecond), _over.Token);
            }

            var sent = await to.SendAsync(bytes[..slice], _over.Token);
            bytes = bytes[sent..];
            _sent += isDown ? sent : 0;
        }
    }
}

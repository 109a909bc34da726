using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Testing;

/// <summary>
/// A TCP proxy on 127.0.0.1 that does to connections what networks do: <see cref="Toxics"/> names it, in the vocabulary
/// of Toxiproxy. Draws by a seed. Any thread.
/// </summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _open = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private readonly int _seed;
    private int _accepted;
    private volatile Toxics _toxics = new();

    /// <summary>Listens on a free port and passes on to another one of this machine.</summary>
    public ChaosProxy(int targetPort, int seed)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _seed = seed;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections open now.</summary>
    public int Open => _open.Count;

    /// <summary>What is done to bytes and connections, those that are open too; set it at any time.</summary>
    public Toxics Toxics
    {
        get => _toxics;
        set => _toxics = value;
    }

    /// <summary>Resets (RST) all connections, towards the client and towards the server.</summary>
    public void ResetPeers()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Reset();
        }
    }

    /// <summary>Ends all connections in order (FIN), towards both sides.</summary>
    public void Finish()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Finish();
        }
    }

    /// <summary>Stops listening and resets what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        ResetPeers();
        await Task.WhenAll(_open.Values);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_ending.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException
                or ObjectDisposedException)
            {
                return;
            }

            var number = Interlocked.Increment(ref _accepted);
            var connection = new ProxiedConnection(this, client, new Random(HashCode.Combine(_seed, number)));
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _open[connection] = done.Task;
            _ = ServeAsync(connection, done);
        }
    }

    private async Task ServeAsync(ProxiedConnection connection, TaskCompletionSource done)
    {
        try
        {
            await connection.RunAsync(_target);
        }
        finally
        {
            _open.TryRemove(connection, out _);
            connection.Dispose();
            done.SetResult();
        }
    }
}

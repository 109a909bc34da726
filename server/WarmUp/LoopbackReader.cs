using System;
using System.Threading;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// The websocket client at work on a <see cref="LoopbackVenue"/>, polled and waited for as by the readers. One thread.
/// </summary>
internal sealed class LoopbackReader : IReceiveIdle, IDisposable
{
    private readonly LoopbackVenue _venue;
    private readonly WebSocketConnection _connection;
    private readonly SocketWait _wait = new(1);
    private readonly ReceiveMode _mode;
    private readonly long _endMillis;
    private readonly CancellationToken _cancellation;

    /// <summary>Connects.</summary>
    /// <param name="venue">The peer.</param>
    /// <param name="mode">How the server's readers wait.</param>
    /// <param name="endMillis">When to give up, in ticks of the system.</param>
    /// <param name="cancellation">Ends it earlier.</param>
    /// <exception cref="InvalidOperationException">The connection could not be made.</exception>
    public LoopbackReader(LoopbackVenue venue, ReceiveMode mode, long endMillis, CancellationToken cancellation)
    {
        _venue = venue;
        _mode = mode;
        _endMillis = endMillis;
        _cancellation = cancellation;
        var options = new WebSocketOptions
        {
            Endpoint = venue.Address,
            Tls = new TlsOptions { TrustedRoots = venue.Roots },
        };
        if (!WebSocketConnection.TryConnect(options, this, out var connection, out var fault))
        {
            throw new InvalidOperationException($"the warm-up cannot reach its own {venue.Address}: {fault}");
        }

        _connection = connection;
    }

    /// <summary>True while there is time.</summary>
    public bool OnIdle() => Environment.TickCount64 < _endMillis && !_cancellation.IsCancellationRequested;

    /// <summary>Asks for a frame of a day by its number from 1, or for all of them with 0.</summary>
    public void Ask(int day, int number)
    {
        if (!_connection.TrySendText([(byte)day, (byte)number]))
        {
            throw Lost();
        }
    }

    /// <summary>Reads the next message; false when time is up.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        while (true)
        {
            switch (_connection.TryReadMessage(out _, out message))
            {
                case ReadOutcome.Message:
                    return true;
                case ReadOutcome.Nothing when OnIdle():
                    Wait();
                    break;
                case ReadOutcome.Nothing:
                    return false;
                default:
                    throw Lost();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _wait.Dispose();
    }

    private void Wait()
    {
        if (_mode == ReceiveMode.Polling)
        {
            Thread.SpinWait(1);
            return;
        }

        _wait.Clear();
        _wait.Add(_connection.Handle);
        _wait.Wait(1);
    }

    private InvalidOperationException Lost() =>
        new($"the warm-up lost {_venue.Address}: {_connection.Fault} {_venue.Failure?.Message}");
}

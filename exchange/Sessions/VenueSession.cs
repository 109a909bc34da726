using System;
using System.Buffers;
using System.IO;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>
/// One client's websocket. Sending never waits: frames go to a bounded queue that a task of the session empties, and a
/// client whose queue is full is cut off. Any thread may send or close. A simulation without sockets overrides what is
/// sent and how it ends.
/// </summary>
internal class VenueSession : IDisposable
{
    private const int WholeMax = 4 << 20;
    private const int FragmentBytes = 64 << 10;

    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly SocketRules _rules;
    private readonly SessionQueue _queue;
    private readonly SessionRegistry _registry;
    private readonly Action _abortConnection;
    private readonly CancellationToken _connectionGone;
    private readonly SessionFaults? _faults;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _framesSent;
    private int _closing;
    private volatile bool _dropQueue;
    private bool _clientClosed;
    private WebSocketCloseStatus _closeStatus = WebSocketCloseStatus.NormalClosure;
    private string _closeReason = string.Empty;

    public VenueSession(
        string venue,
        WebSocket socket,
        SocketRules rules,
        SessionQueue queue,
        SessionRegistry registry,
        Action abort,
        VenueFaults? faults,
        CancellationToken connectionGone)
    {
        _faults = faults is null ? null : new SessionFaults(faults, Enqueue);
        Venue = venue;
        _socket = socket;
        _rules = rules;
        _queue = queue;
        _registry = registry;
        _abortConnection = abort;
        _connectionGone = connectionGone;
        Number = registry.NextNumber();
        Ended = _ended.Token;
    }

    public string Venue { get; }

    /// <summary>Counts the sessions of this host from 1.</summary>
    public long Number { get; }

    /// <summary>Frames handed to the socket so far.</summary>
    public long FramesSent => Interlocked.Read(ref _framesSent);

    /// <summary>True once it is to end.</summary>
    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>Canceled when the session has ended.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Queues a frame; a session without room for it is cut off.</summary>
    public virtual void Send(ReadOnlyMemory<byte> frame)
    {
        if (_faults is null)
        {
            Enqueue(frame);
        }
        else
        {
            _faults.Send(frame);
        }
    }

    private void Enqueue(ReadOnlyMemory<byte> frame)
    {
        if (Volatile.Read(ref _closing) == 0 && !_queue.TryAdd(frame))
        {
            CutSlowReader();
        }
    }

    /// <summary>Queues a frame as soon as there is room: for a sender who can wait.</summary>
    public virtual ValueTask SendAsync(ReadOnlyMemory<byte> frame) => _queue.AddAsync(frame, Ended);

    /// <summary>Closes with a code after what is queued has been sent.</summary>
    public virtual void Close(WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            _closeStatus = status;
            _closeReason = reason;
            _queue.Complete();
        }
    }

    /// <summary>Closes with a code as soon as the frame being sent is out; the rest of the queue is dropped.</summary>
    public virtual void CloseNow(WebSocketCloseStatus status, string reason)
    {
        _dropQueue = true;
        Close(status, reason);
    }

    /// <summary>Drops the connection without a word.</summary>
    public virtual void Abort()
    {
        // The session's own task does it, as long as the connection is its own: the caller may hold the market's gate.
        _dropped.TrySetResult();
        CloseNow(WebSocketCloseStatus.NormalClosure, string.Empty);
    }

    /// <summary>Call when <see cref="RunAsync"/> is over.</summary>
    public void Dispose() => _ended.Dispose();

    /// <summary>Serves the socket until either side has closed it.</summary>
    public async Task RunAsync(IFrameReceiver receiver)
    {
        try
        {
            receiver.Opened();
            var reading = ReadAsync(receiver);
            var writing = WriteAsync();
            await Task.WhenAny(reading, writing, _dropped.Task);
            CloseNow(WebSocketCloseStatus.NormalClosure, string.Empty);
            var closing = Task.WhenAll(reading, writing);
            if (await Task.WhenAny(closing, _dropped.Task, Task.Delay(CloseGrace)) != closing)
            {
                _socket.Abort();
                _abortConnection();
            }

            await closing;
            await LetTheClientReadAsync();
        }
        finally
        {
            await _ended.CancelAsync();
            receiver.Closed();
        }
    }

    /// <summary>
    /// What breaks the protocol (text that is not UTF-8, a reserved bit) is answered with its close code by the
    /// framework, which reads no further. The request must not end then: the server resets an upgraded connection whose
    /// client has not closed it, and the reset can overtake the close frame. So the client has a moment to go first.
    /// </summary>
    private async Task LetTheClientReadAsync()
    {
        if (!_clientClosed)
        {
            await Task.Delay(CloseGrace, _connectionGone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void CutSlowReader()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            _registry.CountSlowSession();
            Log.SlowSessionCut(_registry.Logger, Venue, Number, _queue.Count);
            _dropQueue = true;
            _queue.Complete();
            _dropped.TrySetResult();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var frame in _queue.TakeAllAsync())
            {
                if (_dropQueue)
                {
                    break;
                }

                await DelayAsync();
                await SendAsync(frame, KindOf(frame));
                Interlocked.Increment(ref _framesSent);
            }

            if (_dropped.Task.IsCompleted)
            {
                return;   // without a word
            }

            await _socket.CloseOutputAsync(_closeStatus, _closeReason, CancellationToken.None);
        }
        catch (Exception exception) when (IsLostConnection(exception))
        {
            Log.ConnectionLost(_registry.Logger, Venue, Number, exception.Message);
        }
    }

    private WebSocketMessageType KindOf(ReadOnlyMemory<byte> frame) =>
        _rules.HasBinaryFrames && (frame.IsEmpty || frame.Span[0] != '{')
            ? WebSocketMessageType.Binary
            : WebSocketMessageType.Text;

    private async ValueTask DelayAsync()
    {
        if (_faults?.Lag is { } lag && lag > TimeSpan.Zero)
        {
            await Task.Delay(lag, Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends a frame, a huge one in fragments, as servers do that write it as they make it.</summary>
    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type)
    {
        while (frame.Length > WholeMax)
        {
            await _socket.SendAsync(frame[..FragmentBytes], type, endOfMessage: false, CancellationToken.None);
            frame = frame[FragmentBytes..];
        }

        await _socket.SendAsync(frame, type, endOfMessage: true, CancellationToken.None);
    }

    private async Task ReadAsync(IFrameReceiver receiver)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_rules.MessageBytesMax + 1);
        try
        {
            while (await ReadMessageAsync(buffer) is { } bytes)
            {
                if (bytes > _rules.MessageBytesMax)
                {
                    Close(WebSocketCloseStatus.MessageTooBig, $"message over {_rules.MessageBytesMax} bytes");
                }
                else if (Volatile.Read(ref _closing) == 0)
                {
                    var message = buffer.AsMemory(0, bytes);
                    receiver.Received(_faults is null ? message : _faults.Hear(message));
                }
            }
        }
        catch (Exception exception) when (IsLostConnection(exception))
        {
            Log.ConnectionLost(_registry.Logger, Venue, Number, exception.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Length of the next message, one more than allowed for any larger one; null at the end.</summary>
    private async Task<int?> ReadMessageAsync(byte[] buffer)
    {
        var limit = _rules.MessageBytesMax + 1;
        var filled = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(filled, limit - filled), CancellationToken.None);
            switch (received.MessageType)
            {
                case WebSocketMessageType.Close:
                    _clientClosed = true;
                    CloseNow(_socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, string.Empty);
                    return null;
                case WebSocketMessageType.Binary:
                    Close(WebSocketCloseStatus.InvalidMessageType, "text frames only");
                    break;
            }

            filled += received.Count;
            if (received.EndOfMessage || filled == limit)
            {
                return filled;
            }
        }
    }

    private static bool IsLostConnection(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}

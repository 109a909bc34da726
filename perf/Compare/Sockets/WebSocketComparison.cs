using System;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Server.WarmUp;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Perf.Compare.Sockets;

/// <summary>
/// Messages at 10,000 a second over loopback, from before the send to the whole message in user memory: our polling
/// reader on a pinned thread against ClientWebSocket, which receives on the pool as it does everywhere. Under TLS both
/// verify the same certificate when they connect, and time counts from before the encryption to behind the decryption.
/// </summary>
internal sealed class WebSocketComparison : Comparison
{
    private const long IntervalNanos = 100_000;
    private const int MessagesMin = 500;
    private const int AllocationMessages = 100_000;
    private const int ThreadWarmUp = 5_000;
    private const int AllocationMeasurements = 5;
    private const long NanosMax = 60_000_000_000;
    private const double NanosPerMicro = 1_000;
    private readonly Histogram _ages = new(NanosMax, 3);
    private readonly X509Certificate2? _certificate;
    private readonly PacedSender _toOurs;
    private readonly PacedSender _toBaseline;
    private readonly ClientWebSocket _client = new();
    private readonly byte[] _buffer = new byte[4_096];
    private readonly WebSocketConnection _connection;

    /// <summary>Connects both sides.</summary>
    /// <param name="isSecure">True for TLS, on both.</param>
    public WebSocketComparison(bool isSecure)
    {
        _certificate = isSecure ? LoopbackCertificate.Make() : null;
        _toOurs = new PacedSender(_certificate);
        _toBaseline = new PacedSender(_certificate);
        var options = new WebSocketOptions
        {
            Endpoint = _toOurs.Endpoint,
            ReceiveMode = ReceiveMode.Polling,
            Tls = new TlsOptions { TrustedRoots = _certificate is null ? null : [_certificate] },
        };
        _connection = WebSocketConnection.TryConnect(options, new Patience(), out var connection, out var fault)
            ? connection
            : throw new ComparisonException($"cannot connect over loopback: {fault}");
        _client.Options.KeepAliveInterval = TimeSpan.Zero;
        _client.Options.RemoteCertificateValidationCallback =
            (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate?.GetCertHashString();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        _client.ConnectAsync(_toBaseline.Endpoint, limit.Token).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Check()
    {
        // every message is checked for its length and stamp when it is read
        ReadOurs(MessagesMin, 0, 1);
        ReadBaseline(MessagesMin, 0);
    }

    /// <inheritdoc/>
    public override Figure MeasureOurs(double seconds) =>
        Measure(static (self, count, interval) => self.ReadOurs(count, interval, 1), seconds);

    /// <inheritdoc/>
    public override Figure MeasureBaseline(double seconds) =>
        Measure(static (self, count, interval) => self.ReadBaseline(count, interval), seconds);

    /// <inheritdoc/>
    public override double MeasureAllocation()
    {
        // the framework's TLS makes some things once a thread or process, at no fixed time: the least counts
        var least = double.PositiveInfinity;
        for (var measurement = 0; measurement < AllocationMeasurements && least > 0; measurement++)
        {
            var bytes = ReadOurs(ThreadWarmUp + AllocationMessages, 0, ThreadWarmUp);
            least = Math.Min(least, bytes / (double)AllocationMessages);
        }

        return least;
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _toOurs.Dispose();
        _toBaseline.Dispose();
        _connection.Dispose();
        _client.Dispose();
        _certificate?.Dispose();
    }

    private Figure Measure(Func<WebSocketComparison, int, long, long> read, double seconds)
    {
        var count = Math.Max(MessagesMin, (int)(seconds * 1e9 / IntervalNanos));
        read(this, count / 10, IntervalNanos);   // wakes the threads and fills the caches again
        _ages.Reset();
        read(this, count, IntervalNanos);
        return new Figure(
            _ages.ValueAtPercentile(50) / NanosPerMicro, _ages.ValueAtPercentile(99) / NanosPerMicro);
    }

    /// <summary>
    /// Returns the bytes allocated by the reading thread, a new one, behind its first so many messages.
    /// </summary>
    private long ReadOurs(int count, long interval, int warmUp)
    {
        _toOurs.Send(count, interval);
        return CoreThread.Run(CoreThread.Consumer, () =>
        {
            Read(warmUp);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read(count - warmUp);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    private void Read(int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (_connection.ReadMessage(out _, out var payload) != ReadOutcome.Message)
            {
                throw new ComparisonException(
                    $"our reader ended after {index} of {count} messages: {_connection.Fault}");
            }

            _ages.Record(PacedSender.Age(payload));
        }
    }

    private long ReadBaseline(int count, long interval)
    {
        _toBaseline.Send(count, interval);
        Task.Run(() => ReadBaselineAsync(count)).GetAwaiter().GetResult();
        return 0;
    }

    private async Task ReadBaselineAsync(int count)
    {
        for (var index = 0; index < count; index++)
        {
            var length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await _client.ReceiveAsync(_buffer.AsMemory(length),
                    CancellationToken.None).ConfigureAwait(false);
                length += result.Count;
            }
            while (!result.EndOfMessage);

            _ages.Record(PacedSender.Age(_buffer.AsSpan(0, length)));
        }
    }

    /// <summary>Never gives up: the sender always sends what was asked for.</summary>
    private sealed class Patience : IReceiveIdle
    {
        public bool OnIdle() => true;
    }
}

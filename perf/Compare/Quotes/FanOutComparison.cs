using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Perf.Compare.Quotes;

/// <summary>
/// Quotes to 100 streams of one connection, until the client has received all of them: encoded once for all against
/// one serialization a stream, on the same server.
/// </summary>
internal sealed class FanOutComparison : Comparison
{
    private const int Subscribers = 100;
    private const int QuotesMin = 50;
    private const int AllocationQuotes = 1_200;   // 120,000 messages
    private const int AllocationTurns = 5;
    private const double Million = 1e6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly FanOutQuotes _ourQuotes = new();
    private readonly FanOutQuotes _baselineQuotes = new();
    private readonly QuotePublisher _publisher;
    private readonly FanOutAgent _agent;
    private readonly AgentThread _publishing;
    private readonly ProtobufBroadcast _broadcast;
    private readonly LoopbackServer _server;
    private readonly DrainingClient _ourClient;
    private readonly DrainingClient _baselineClient;
    private readonly int _messageBytes;
    private Exception? _fatal;
    private long _baselineMessages;
    private int _ourCount = QuotesMin;
    private int _baselineCount = QuotesMin;

    /// <summary>Starts the server and subscribes all streams of both sides.</summary>
    public FanOutComparison()
    {
        _publisher = new QuotePublisher([_ourQuotes.Ring], _ourQuotes.Table, _ourQuotes.Signal);
        _agent = new FanOutAgent(_ourQuotes, _publisher, Subscribers);
        _broadcast = new ProtobufBroadcast(_baselineQuotes);
        _messageBytes = MessagePrefix.Bytes + _broadcast.Next().CalculateSize();
        _ourQuotes.WriteNext();
        var services = new GrpcServices();
        new BookSummaryMethod(_publisher, _ourQuotes.Table.Instruments).AddTo(services);
        _broadcast.AddTo(services);
        _server = new LoopbackServer(services);
        _publishing = new AgentThread(
            "grpc", _agent, WaitStrategyKind.Blocking, _ourQuotes.Signal, -1, e => Volatile.Write(ref _fatal, e));
        _publishing.Start();
        _ourClient = new DrainingClient(
            _server.Port, $"/{BookSummaryMethod.Service}/{BookSummaryMethod.Name}", Subscribers);
        _baselineClient = new DrainingClient(_server.Port, ProtobufBroadcast.Path, Subscribers);
        WaitUntil(() => _publisher.Counters.Sent == Subscribers && _broadcast.Subscribers == Subscribers);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        var reader = new QuoteReader(_ourQuotes.Ring);
        reader.TryReadLatest();
        var encoder = new SummaryEncoder(_ourQuotes.Ring.Levels, _ourQuotes.Table.Definitions);
        var frame = new byte[encoder.FrameBytesMax];
        var ours = frame.AsSpan(MessagePrefix.Bytes, encoder.Encode(reader, frame) - MessagePrefix.Bytes);
        if (!ours.SequenceEqual(ProtobufBroadcast.Build(reader, _ourQuotes).ToByteArray()))
        {
            throw new ComparisonException("the two sides encode a quote to different bytes");
        }

        SendOurs(QuotesMin);
        SendBaseline(QuotesMin);
    }

    /// <inheritdoc/>
    public override Figure MeasureOurs(double seconds) => Measure(SendOurs, ref _ourCount, seconds);

    /// <inheritdoc/>
    public override Figure MeasureBaseline(double seconds) => Measure(SendBaseline, ref _baselineCount, seconds);

    /// <summary>
    /// Of several measurements the least: a flush that Kestrel cannot complete at once costs it some 400 bytes, shared
    /// by the messages of a run, and how many of them there are hangs on the threads' timing. A leak shows each time.
    /// </summary>
    public override double MeasureAllocation()
    {
        var least = double.PositiveInfinity;
        var turns = 0;
        for (var attempt = 0; turns < AllocationTurns; attempt++)
        {
            if (attempt == 20 * AllocationTurns)
            {
                throw new ComparisonException("grpc.fanout: no message arrives: is the machine stalled?");
            }

            var before = _agent.AllocatedBytes;
            var messages = SendOurs(AllocationQuotes);
            if (messages == 0)
            {
                continue;   // nothing to divide by: the host stood still
            }

            least = Math.Min(least, (_agent.AllocatedBytes - before) / (double)messages);
            turns++;
        }

        return least;
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _ourClient.Dispose();
        _baselineClient.Dispose();
        _server.Dispose();
        _publishing.Dispose();
        _publisher.Dispose();
        _agent.Dispose();
        _ourQuotes.Dispose();
        _baselineQuotes.Dispose();
    }

    private static Figure Measure(Func<int, long> send, ref int count, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var messages = send(count);
        var rate = messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
        count = (int)Math.Clamp(rate * seconds / Subscribers, QuotesMin, 100_000);
        return new Figure(rate / Million);
    }

    /// <summary>Returns the messages that arrived: all, unless streams lagged so far that some were left out.</summary>
    private long SendOurs(int quotes)
    {
        var before = _publisher.Counters.Sent;
        _agent.Publish(quotes);
        var sent = _publisher.Counters.Sent;
        _ourClient.WaitFor(sent * _messageBytes);
        return Volatile.Read(ref _fatal) is { } fatal
            ? throw new ComparisonException($"the publishing thread ended: {fatal.Message}")
            : sent - before;
    }

    private long SendBaseline(int quotes)
    {
        Task.Run(() => _broadcast.PublishAsync(quotes)).GetAwaiter().GetResult();
        _baselineMessages += (long)quotes * Subscribers;
        _baselineClient.WaitFor(_baselineMessages * _messageBytes);
        return (long)quotes * Subscribers;
    }

    private static void WaitUntil(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new ComparisonException(
                    $"{Subscribers} streams were not subscribed within {Limit.TotalSeconds} s");
            }

            Thread.Sleep(1);
        }
    }
}

using System;
using System.IO;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Perf.Compare.Rings;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.SharedMemory;
using LowLatencyQuoter.Shm;

namespace LowLatencyQuoter.Perf.Compare.Shared;

/// <summary>
/// From the moment in which a quote stands in the engine's ring to the moment in which the reader has all of it: the
/// writer's copies are a part of it. One quote is under way at a time; both sides spin. The baseline sends the same
/// bytes through a socket.
/// </summary>
internal sealed class SharedReadComparison : Comparison
{
    private const int Levels = 10;
    private const int FirstQuotes = 2_000;
    private const int AllocationQuotes = 100_000;
    private const int PauseSpins = 50;
    private const long NanosMax = 10_000_000_000;
    private readonly Histogram _times = new(NanosMax, 3);
    private readonly QuoteRing _ring = new(Levels, 256);
    private readonly QuoteFile _file;
    private readonly SharedQuoteWriter<MonotonicClock> _writer;
    private readonly SharedQuotes _quotes;
    private readonly SharedQuote _quote;
    private readonly byte[] _sent;
    private readonly byte[] _received;
    private PaddedLong _read;
    private int _ourQuotes = FirstQuotes;
    private int _socketQuotes = FirstQuotes;

    public SharedReadComparison()
    {
        var table = new BookTable(
            ["BTC/USDT"], [new BookDefinition { Venue = "kraken", Symbol = "BTC/USDT", Instrument = 0 }]);
        var path = SharedPath.Of($"perf-{Environment.ProcessId}-{Guid.NewGuid():N}");
        var shape = new QuoteFileShape { Levels = Levels, Places = 1, Venues = ["kraken"], RingBytes = 1 << 20 };
        _file = QuoteFile.Create(path, shape, false, MonotonicClock.Nanos(), MonotonicClock.UnixOffsetNanos());
        _writer = new SharedQuoteWriter<MonotonicClock>(
            _file, [_ring], table, new InstrumentDirectory(table.Instruments), default);
        _writer.DoWork();
        _quotes = SharedQuotes.Open(path);
        _quote = _quotes.MakeQuote();
        _sent = new byte[shape.SlotBytes];
        _received = new byte[shape.SlotBytes];
    }

    /// <inheritdoc/>
    public override void Check()
    {
        Ours(FirstQuotes);
        if (_quotes.Missed != 0 || _quote.Sequence != _ring.Cursor || _quote.Bids[Levels - 1].Price != _ring.Cursor)
        {
            throw new ComparisonException(
                $"quote {_quote.Sequence} of {_ring.Cursor} was read last, {_quotes.Missed} were missed");
        }

        Sockets(FirstQuotes);
        if (!_received.AsSpan().SequenceEqual(_sent))
        {
            throw new ComparisonException("the socket delivered other bytes than were sent");
        }
    }

    /// <inheritdoc/>
    public override Figure MeasureOurs(double seconds) => Measure(Ours, ref _ourQuotes, seconds);

    /// <inheritdoc/>
    public override Figure MeasureBaseline(double seconds) => Measure(Sockets, ref _socketQuotes, seconds);

    /// <inheritdoc/>
    public override double MeasureAllocation() =>
        Ours(AllocationQuotes).AllocatedBytes / (double)AllocationQuotes;

    /// <inheritdoc/>
    protected override void Release()
    {
        _quotes.Dispose();
        _file.Dispose();
        _ring.Dispose();
    }

    private Figure Measure(Func<int, TransferTime> run, ref int count, double seconds)
    {
        _times.Reset();
        var rate = count / run(count).Seconds;
        count = (int)Math.Clamp(rate * seconds, FirstQuotes, 10_000_000);
        return new Figure(_times.ValueAtPercentile(50), _times.ValueAtPercentile(99));
    }

    private TransferTime Ours(int count)
    {
        Volatile.Write(ref _read.Value, 0);
        return Transfer.Run(() => Read(count), () => Publish(count));
    }

    private TransferTime Sockets(int count)
    {
        Volatile.Write(ref _read.Value, 0);
        var path = Path.Combine(Path.GetTempPath(), $"perf-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        using var sender = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        sender.Connect(new UnixDomainSocketEndPoint(path));
        using var receiver = listener.Accept();
        File.Delete(path);
        return Transfer.Run(() => Receive(receiver, count), () => Send(sender, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Publish(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            Fill();
            _writer.DoWork();
            WaitUntilRead(number);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            for (var idle = 0; _quotes.ReadNext(_quote) != SharedRead.Quote; idle++)
            {
                default(BusySpinWaitStrategy).Idle(idle);   // the same on both sides
            }

            _times.Record(MonotonicClock.Nanos() - _quote.PublishedNanos);
            Volatile.Write(ref _read.Value, number);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Send(Socket sender, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            MemoryMarshal.Write(_sent, MonotonicClock.Nanos());
            sender.Send(_sent);
            WaitUntilRead(number);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Receive(Socket receiver, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            for (var idle = 0; receiver.Available < _received.Length; idle++)
            {
                default(BusySpinWaitStrategy).Idle(idle);
            }

            receiver.Receive(_received);
            _times.Record(MonotonicClock.Nanos() - MemoryMarshal.Read<long>(_received));
            Volatile.Write(ref _read.Value, number);
        }
    }

    private void Fill()
    {
        ref var header = ref _ring.BeginWrite(out var bids, out var asks);
        for (var level = 0; level < Levels; level++)
        {
            bids[level] = new QuoteRow { Price = header.Sequence, Quantity = level };
            asks[level] = new QuoteRow { Price = header.Sequence + 1, Quantity = level };
        }

        (header.BidCount, header.AskCount, header.MemberCount) = (Levels, Levels, 1);
        header.PublishedNanos = MonotonicClock.Nanos();
        _ring.EndWrite();
    }

    private void WaitUntilRead(int number)
    {
        for (var idle = 0; Volatile.Read(ref _read.Value) < number; idle++)
        {
            default(BusySpinWaitStrategy).Idle(idle);
        }

        Thread.SpinWait(PauseSpins);   // so that the reader looks again before there is news
    }
}

using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// One event there and back between two spinning threads: the round trip, with one look at the clock a trip.
/// </summary>
internal sealed class PingPongComparison : Comparison
{
    private const int FirstTrips = 10_000;
    private const int AllocationTrips = 100_000;
    private const long NanosMax = 10_000_000_000;
    private readonly Histogram _times = new(NanosMax, 3);
    private int _ourTrips = FirstTrips;
    private int _channelTrips = FirstTrips;

    /// <inheritdoc/>
    public override void Check()
    {
        Verify(Ours(FirstTrips).Returned, FirstTrips, "the ring");
        Verify(Channels(FirstTrips).Returned, FirstTrips, "the channel");
    }

    /// <inheritdoc/>
    public override Figure MeasureOurs(double seconds) => Measure(Ours, ref _ourTrips, seconds);

    /// <inheritdoc/>
    public override Figure MeasureBaseline(double seconds) => Measure(Channels, ref _channelTrips, seconds);

    /// <inheritdoc/>
    public override double MeasureAllocation() => Ours(AllocationTrips).Time.AllocatedBytes / (double)AllocationTrips;

    private Figure Measure(Func<int, (TransferTime Time, long Returned)> run, ref int trips, double seconds)
    {
        _times.Reset();
        var rate = trips / run(trips).Time.Seconds;
        trips = (int)Math.Clamp(rate * seconds, FirstTrips / 10, 10_000_000);
        return new Figure(_times.ValueAtPercentile(50), _times.ValueAtPercentile(99));
    }

    private (TransferTime Time, long Returned) Ours(int trips)
    {
        using var there = new RingBuffer<Event64>(ChannelTransfer.Capacity);
        using var back = new RingBuffer<Event64>(ChannelTransfer.Capacity);
        var returned = new Tally(trips);
        var home = new EventProcessor<Event64, TallyHandler>(back, new SequenceBarrier<Event64>(back), new(returned));
        var toHome = new SingleProducerSequencer<Event64>(back, home.Sequence);
        var away = new EventProcessor<Event64, EchoHandler>(
            there, new SequenceBarrier<Event64>(there), new(back, toHome));
        var toAway = new SingleProducerSequencer<Event64>(there, away.Sequence);
        var time = Transfer.Run(() => Answer(away, trips), () => Send(there, toAway, home, trips));
        return (time, returned.Sum);
    }

    private (TransferTime Time, long Returned) Channels(int trips)
    {
        var there = ChannelTransfer.Make(1);
        var back = ChannelTransfer.Make(1);
        var returned = new Tally(trips);
        var time = Transfer.Run(
            () => Answer(there.Reader, back.Writer, trips),
            () => Send(there.Writer, back.Reader, returned, trips));
        return (time, returned.Sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Send(
        RingBuffer<Event64> there,
        SingleProducerSequencer<Event64> toAway,
        EventProcessor<Event64, TallyHandler> home,
        int trips)
    {
        var last = Nanos();
        for (var trip = 1; trip <= trips; trip++)
        {
            toAway.TryNext(1, out var sequence);   // never full: one event is under way
            there[sequence].Fill(trip);
            toAway.Publish(sequence);
            for (var idle = 0; home.DoWork() == 0; idle++)
            {
                default(BusySpinWaitStrategy).Idle(idle);   // the same on both sides
            }

            var now = Nanos();
            _times.Record(now - last);
            last = now;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Send(ChannelWriter<Event64> there, ChannelReader<Event64> back, Tally returned, int trips)
    {
        var item = default(Event64);
        var last = Nanos();
        for (var trip = 1; trip <= trips; trip++)
        {
            item.Fill(trip);
            there.TryWrite(item);
            Event64 answer;
            for (var idle = 0; !back.TryRead(out answer); idle++)
            {
                default(BusySpinWaitStrategy).Idle(idle);
            }

            returned.Add(in answer);
            var now = Nanos();
            _times.Record(now - last);
            last = now;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Answer(EventProcessor<Event64, EchoHandler> away, int trips)
    {
        for (var answered = 0; answered < trips; answered++)
        {
            for (var idle = 0; away.DoWork() == 0; idle++)
            {
                default(BusySpinWaitStrategy).Idle(idle);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Answer(ChannelReader<Event64> there, ChannelWriter<Event64> back, int trips)
    {
        for (var answered = 0; answered < trips; answered++)
        {
            Event64 item;
            for (var idle = 0; !there.TryRead(out item); idle++)
            {
                default(BusySpinWaitStrategy).Idle(idle);
            }

            back.TryWrite(item);
        }
    }

    private static void Verify(long returned, long trips, string side)
    {
        var expected = trips * (trips + 1);
        if (returned != expected)
        {
            throw new ComparisonException($"{side} returned events of sum {returned}, not {expected}");
        }
    }

    private static long Nanos() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}

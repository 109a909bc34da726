using System;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// Events from producers to a consumer, in millions a second. The length of a round is a count of events, which follows
/// the rate of the round before.
/// </summary>
internal abstract class TransferComparison : Comparison
{
    private const int AllocationEvents = 120_000;
    private const int FirstEvents = 30_000;
    private const double Million = 1e6;
    private int _ourEvents = FirstEvents;
    private int _spinEvents = FirstEvents;
    private int _asyncEvents = FirstEvents;

    /// <summary>Count of producers; rounds are a multiple of it.</summary>
    protected virtual int Producers => 1;

    /// <summary>Sends so many events through ours; returns what arrived.</summary>
    protected abstract (TransferTime Time, Tally Received) SendOurs(int events);

    /// <inheritdoc/>
    public sealed override void Check()
    {
        Verify(SendOurs(FirstEvents).Received, FirstEvents, "the ring");
        Verify(ChannelTransfer.Spinning(FirstEvents, Producers).Received, FirstEvents, "the spinning channel");
        Verify(ChannelTransfer.Waiting(FirstEvents, Producers).Received, FirstEvents, "the waiting channel");
    }

    /// <inheritdoc/>
    public sealed override Figure MeasureOurs(double seconds) =>
        Measure(SendOurs, ref _ourEvents, seconds);

    /// <summary>The better of the two ways to use a channel, in the same round.</summary>
    public sealed override Figure MeasureBaseline(double seconds)
    {
        var spinning = Measure(events => ChannelTransfer.Spinning(events, Producers), ref _spinEvents, seconds / 2);
        var waiting = Measure(events => ChannelTransfer.Waiting(events, Producers), ref _asyncEvents, seconds / 2);
        return spinning.Value >= waiting.Value ? spinning : waiting;
    }

    /// <inheritdoc/>
    public sealed override double MeasureAllocation() =>
        SendOurs(AllocationEvents).Time.AllocatedBytes / (double)AllocationEvents;

    /// <summary>
    /// The rate of the median chunk, so that a time slice which another program takes does not count as work, and
    /// beside it that of the slowest hundredth.
    /// </summary>
    private Figure Measure(Func<int, (TransferTime Time, Tally Received)> send, ref int events, double seconds)
    {
        var sent = events;
        var (time, received) = send(sent);
        var next = Math.Clamp(sent / time.Seconds * seconds, FirstEvents / 2, 100 * Million);
        events = (int)next / Producers * Producers;
        var chunks = received.ChunkSeconds();
        return new Figure(Rate(Medians.Of(chunks)), Rate(Medians.Percentile(chunks, 99)));
    }

    private static double Rate(double chunkSeconds) => Tally.ChunkEvents / chunkSeconds / Million;

    private void Verify(Tally received, long events, string side)
    {
        // each producer sends 1, 2, 3, ... in both fields
        var each = events / Producers;
        var expected = Producers * each * (each + 1);
        if (received.Count != events || received.Sum != expected)
        {
            throw new ComparisonException(
                $"{side} delivered {received.Count} events with sum {received.Sum}, not {events} with {expected}");
        }
    }
}

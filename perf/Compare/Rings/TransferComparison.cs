using System;

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

    private Figure Measure(Func<int, (TransferTime Time, Tally Received)> send, ref int events, double seconds)
    {
        var sent = events;
        var rate = sent / send(sent).Time.Seconds;
        var next = Math.Clamp(rate * seconds, FirstEvents / 3, 100 * Million);
        events = (int)next / Producers * Producers;
        return new Figure(rate / Million);
    }

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

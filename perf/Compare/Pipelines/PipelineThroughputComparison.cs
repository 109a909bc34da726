using System;
using System.Threading;
using LowLatencyQuoter.Perf.Compare.Rings;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>Messages from a reader thread to an engine thread, as many as they can.</summary>
internal sealed class PipelineThroughputComparison : Comparison
{
    private const int FirstMessages = 2_000;
    private const int AllocationMessages = 100_000;
    private const double Million = 1e6;
    private readonly PipelinePair _pair = new();
    private int _ourMessages = FirstMessages;
    private int _baselineMessages = FirstMessages;

    /// <inheritdoc/>
    public override void Check() => _pair.Check();

    /// <inheritdoc/>
    public override Figure MeasureOurs(double seconds) => Measure(RunOurs, ref _ourMessages, seconds);

    /// <inheritdoc/>
    public override Figure MeasureBaseline(double seconds) => Measure(RunBaseline, ref _baselineMessages, seconds);

    /// <inheritdoc/>
    public override double MeasureAllocation() =>
        RunOurs(AllocationMessages).AllocatedBytes / (double)AllocationMessages;

    /// <inheritdoc/>
    protected override void Release()
    {
        _pair.Ours.Verify();
        _pair.Dispose();
    }

    private static Figure Measure(Func<int, TransferTime> run, ref int messages, double seconds)
    {
        var rate = messages / run(messages).Seconds;
        messages = (int)Math.Clamp(rate * seconds, FirstMessages, 10 * Million);
        return new Figure(rate / Million);
    }

    private TransferTime RunOurs(int messages)
    {
        var target = _pair.Ours.EventCount + messages;   // a diff is one event
        return Transfer.Run(
            () =>
            {
                while (_pair.Ours.EventCount < target)
                {
                    if (_pair.Ours.Handle() == 0)
                    {
                        Thread.SpinWait(1);
                    }
                }
            },
            () =>
            {
                for (var message = 0; message < messages; message++)
                {
                    _pair.Ours.Decode();
                }
            });
    }

    private TransferTime RunBaseline(int messages)
    {
        var target = _pair.Typical.HandledCount + messages;
        return Transfer.Run(
            () =>
            {
                while (_pair.Typical.HandledCount < target)
                {
                    if (_pair.Typical.Handle() == 0)
                    {
                        Thread.SpinWait(1);
                    }
                }
            },
            () =>
            {
                for (var message = 0; message < messages; message++)
                {
                    _pair.Typical.Decode();
                }
            });
    }
}

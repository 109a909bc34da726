using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// The loops around the ring, as the product's threads have them. Compiled at once and in full: a round calls each only
/// once, and would otherwise measure code that was replaced on the way.
/// </summary>
internal static class RingLoops
{
    /// <summary>Pauses of the consumers, whose handler only adds two numbers.</summary>
    public const int Linger = 10;

    /// <summary>Consumes until the tally is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Consume<TWait>(IAgent agent, Tally tally, int events)
        where TWait : struct, IWaitStrategy
    {
        var wait = default(TWait);
        for (var idle = 0; tally.Count < events;)
        {
            if (agent.DoWork() != 0)
            {
                idle = 0;
            }
            else
            {
                wait.Idle(idle++);
            }
        }
    }

    /// <summary>Publishes 1, 2, 3, ..., each event alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Produce<TWait>(RingBuffer<Event64> ring, SingleProducerSequencer<Event64> sequencer, int events)
        where TWait : struct, IWaitStrategy
    {
        for (var value = 1; value <= events; value++)
        {
            var sequence = sequencer.Next<TWait>(1);
            ring[sequence].Fill(value);
            sequencer.Publish(sequence);
        }
    }

    /// <summary>The same where others claim from the same ring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Produce<TWait>(RingBuffer<Event64> ring, MultiProducerSequencer<Event64> sequencer, int events)
        where TWait : struct, IWaitStrategy
    {
        var wait = default(TWait);
        for (var value = 1; value <= events; value++)
        {
            long sequence;
            for (var idle = 0; !sequencer.TryNext(1, out sequence); idle++)
            {
                wait.Idle(idle);
            }

            ring[sequence].Fill(value);
            sequencer.Publish(sequence, sequence);
        }
    }
}

using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// When each message of a window passed each place between sending venue and client. Every array has one writer;
/// histograms are made when the window is over.
/// </summary>
[HotPath]
internal sealed class WireStamps(int capacity)
{
    private const int Sums = 2;   // at the end of the stages

    /// <summary>The stages and what each is, in order; the last two are sums.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Stages =
    [
        new("schedule", "due -> the sending venue begins to send; what the sender itself was late"),
        new("receive", "sending begins -> in the reader's memory, decrypted: send, kernel, wake-up"),
        new("decode", "received -> decoded, behind other messages of the same receive included"),
        new("publish", "decoded -> taken by the engine's thread, its wake-up and others before it included"),
        new("apply", "taken -> applied to its book, about to be merged"),
        new("quote", "applied -> merged, quote complete in the quote ring"),
        new("hand-over", "quote complete -> the publisher's turn that sends it: wake-up, a flush still under way"),
        new("encode", "the turn begins -> encoded, its bytes handed to the stream; others of the turn included"),
        new("send", "handed to the stream -> the gRPC client has it: flush, HTTP/2, kernel, wake-ups"),
        new("sent", "sending begins -> the gRPC client has it"),
        new("total", "due -> the gRPC client has it"),
    ];

    /// <summary>When sending began; the sender writes.</summary>
    public readonly long[] Sent = new long[capacity];

    /// <summary>When the reader had it; the engine writes.</summary>
    public readonly long[] Received = new long[capacity];

    /// <summary>When it was decoded; the engine writes.</summary>
    public readonly long[] Decoded = new long[capacity];

    /// <summary>When the engine took it; the engine writes.</summary>
    public readonly long[] Taken = new long[capacity];

    /// <summary>When it was applied to its book; the engine writes.</summary>
    public readonly long[] Applied = new long[capacity];

    /// <summary>When its quote was published; the engine writes.</summary>
    public readonly long[] Published = new long[capacity];

    /// <summary>When the publisher's turn began that sent its quote, or the newer one; the client writes.</summary>
    public readonly long[] Fetched = new long[capacity];

    /// <summary>When that was encoded; the client writes.</summary>
    public readonly long[] Encoded = new long[capacity];

    /// <summary>When the client had a quote as new as this message; the client writes.</summary>
    public readonly long[] Seen = new long[capacity];

    /// <summary>Messages there is room for.</summary>
    public int Capacity => capacity;

    /// <summary>Names of the stages that are parts of the whole, in order.</summary>
    public static IReadOnlyList<string> Parts
    {
        get
        {
            var parts = new string[Stages.Count - Sums];
            for (var part = 0; part < parts.Length; part++)
            {
                parts[part] = Stages[part].Key;
            }

            return parts;
        }
    }

    /// <summary>Forgets everything, and so touches the memory.</summary>
    public void Clear()
    {
        foreach (var stamps in (long[][])
            [Sent, Received, Decoded, Taken, Applied, Published, Fetched, Encoded, Seen])
        {
            Array.Clear(stamps);
        }
    }

    /// <summary>One histogram a stage; a stage that a message has no stamps of leaves that message out.</summary>
    public Histogram[] Histograms(Schedule schedule)
    {
        var stages = new Histogram[Stages.Count];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            stages[stage] = new Histogram(StampTable.Layout);
        }

        for (var number = 0; number < capacity; number++)
        {
            var due = schedule.IntendedNanos(number);

            // stamps of a look or a turn that began just before the thing it found was there
            var taken = NotBefore(Decoded[number], Taken[number]);
            var fetched = NotBefore(Published[number], Fetched[number]);
            Between(stages[0], due, Sent[number]);
            Between(stages[1], Sent[number], Received[number]);
            Between(stages[2], Received[number], Decoded[number]);
            Between(stages[3], Decoded[number], taken);
            Between(stages[4], taken, Applied[number]);
            Between(stages[5], Applied[number], Published[number]);
            Between(stages[6], Published[number], fetched);
            Between(stages[7], fetched, Encoded[number]);
            Between(stages[8], Encoded[number], Seen[number]);
            Between(stages[9], Sent[number], Seen[number]);
            Between(stages[10], due, Seen[number]);
        }

        return stages;
    }

    private static long NotBefore(long earlier, long later) => later == 0 ? 0 : Math.Max(earlier, later);

    private static void Between(Histogram stage, long from, long to)
    {
        if (from != 0 && to != 0)
        {
            stage.Record(to - from);
        }
    }
}

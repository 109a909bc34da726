using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// When each message of a window passed each place between exchange and client. Every array has one writer; histograms
/// are made when the window is over.
/// </summary>
[HotPath]
internal sealed class WireStamps(int capacity)
{
    /// <summary>The stages and what each is, in order; the last is the sum.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Stages =
    [
        new("schedule", "due -> the exchange begins to send; what the sender itself was late"),
        new("wire", "sending begins -> the reader has received it: send, kernel, wake-up"),
        new("decode", "received -> decoded, behind other messages of the same receive included"),
        new("quote", "decoded -> quote published: ring, apply, merge"),
        new("client", "quote published -> the gRPC client has it: encode, send, HTTP/2, kernel, wake-ups"),
        new("sent", "sending begins -> the gRPC client has it"),
        new("total", "due -> the gRPC client has it"),
    ];

    /// <summary>When sending began; the sender writes.</summary>
    public readonly long[] Sent = new long[capacity];

    /// <summary>When the reader had it; the engine writes.</summary>
    public readonly long[] Received = new long[capacity];

    /// <summary>When it was decoded; the engine writes.</summary>
    public readonly long[] Decoded = new long[capacity];

    /// <summary>When its quote was published; the engine writes.</summary>
    public readonly long[] Published = new long[capacity];

    /// <summary>When the client had a quote as new as this message; the client writes.</summary>
    public readonly long[] Seen = new long[capacity];

    /// <summary>Forgets everything, and so touches the memory.</summary>
    public void Clear()
    {
        foreach (var stamps in (long[][])[Sent, Received, Decoded, Published, Seen])
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
            Between(stages[0], due, Sent[number]);
            Between(stages[1], Sent[number], Received[number]);
            Between(stages[2], Received[number], Decoded[number]);
            Between(stages[3], Decoded[number], Published[number]);
            Between(stages[4], Published[number], Seen[number]);
            Between(stages[5], Sent[number], Seen[number]);
            Between(stages[6], due, Seen[number]);
        }

        return stages;
    }

    private static void Between(Histogram stage, long from, long to)
    {
        if (from != 0 && to != 0)
        {
            stage.Record(to - from);
        }
    }
}

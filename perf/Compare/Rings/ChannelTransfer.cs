using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>Events through a bounded channel, the ways a C# user would do it.</summary>
internal static class ChannelTransfer
{
    /// <summary>Slots, as many as the rings have.</summary>
    public const int Capacity = 1_024;

    /// <summary>A channel for one consumer.</summary>
    public static Channel<Event64> Make(int producers) => Channel.CreateBounded<Event64>(
        new BoundedChannelOptions(Capacity)
        {
            SingleReader = true,
            SingleWriter = producers == 1,
            FullMode = BoundedChannelFullMode.Wait,
        });

    /// <summary>Both sides try again and again; with more threads than cores they yield in between.</summary>
    public static (TransferTime Time, Tally Received) Spinning(int events, int producers)
    {
        var channel = Make(producers);
        var tally = new Tally(events);
        var pause = producers == 1 ? Spin : (Action)Yield;
        var time = Transfer.Run(
            () => Read(channel.Reader, events, tally, pause),
            Repeat(producers, () => Write(channel.Writer, events / producers, pause)));
        return (time, tally);
    }

    /// <summary>Both sides await when they cannot go on.</summary>
    public static (TransferTime Time, Tally Received) Waiting(int events, int producers)
    {
        var channel = Make(producers);
        var tally = new Tally(events);
        var time = Transfer.Run(
            () => ReadAsync(channel.Reader, events, tally).GetAwaiter().GetResult(),
            Repeat(producers, () => WriteAsync(channel.Writer, events / producers).GetAwaiter().GetResult()));
        return (time, tally);
    }

    private static Action[] Repeat(int count, Action body)
    {
        var bodies = new Action[count];
        Array.Fill(bodies, body);
        return bodies;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(ChannelReader<Event64> reader, int events, Tally tally, Action pause)
    {
        while (tally.Count < events)
        {
            if (reader.TryRead(out var item))
            {
                tally.Add(in item);
            }
            else
            {
                pause();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(ChannelWriter<Event64> writer, int events, Action pause)
    {
        var item = default(Event64);
        for (var value = 1; value <= events; value++)
        {
            item.Fill(value);
            while (!writer.TryWrite(item))
            {
                pause();
            }
        }
    }

    private static async Task ReadAsync(ChannelReader<Event64> reader, int events, Tally tally)
    {
        while (tally.Count < events && await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (reader.TryRead(out var item))
            {
                tally.Add(in item);
            }
        }
    }

    private static async Task WriteAsync(ChannelWriter<Event64> writer, int events)
    {
        var item = default(Event64);
        for (var value = 1; value <= events; value++)
        {
            item.Fill(value);
            if (!writer.TryWrite(item))
            {
                await writer.WriteAsync(item).ConfigureAwait(false);
            }
        }
    }

    private static void Spin() => default(BusySpinWaitStrategy).Idle(3);

    private static void Yield() => Thread.Yield();
}

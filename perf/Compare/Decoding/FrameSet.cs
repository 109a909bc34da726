using System;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>Frames of one venue with random levels, the same on every run.</summary>
internal static class FrameSet
{
    private const int Seed = 20240808;
    private const long Mid = 61_837_630_000_00;   // 61,837.63 at scale 8
    private const long Bytes = 250_000;           // fits a second-level cache, and no branch predictor learns it

    /// <summary>Frames with so many levels each, half of them bids.</summary>
    /// <param name="levels">Levels of a frame, even.</param>
    /// <param name="tick">Distance of prices at scale 8.</param>
    /// <param name="lot">Distance of quantities at scale 8.</param>
    /// <param name="print">Prints one frame from its number, bids and asks.</param>
    /// <param name="levelBytes">About how long a level is.</param>
    public static byte[][] Make(
        int levels, long tick, long lot, Func<int, Level[], Level[], byte[]> print, int levelBytes = 35)
    {
        var random = new Random(Seed);
        var count = (int)(Bytes / (levels * levelBytes + 120));
        var frames = new byte[count][];
        for (var frame = 0; frame < count; frame++)
        {
            frames[frame] = print(
                frame, Levels(random, levels / 2, -tick, tick, lot), Levels(random, levels / 2, tick, tick, lot));
        }

        return frames;
    }

    private static Level[] Levels(Random random, int count, long step, long tick, long lot)
    {
        var levels = new Level[count];
        var price = Mid / tick * tick;
        foreach (ref var level in levels.AsSpan())
        {
            price += step * random.Next(1, 8);
            level = new Level(price, Quantity(random, lot));
        }

        return levels;
    }

    /// <summary>A quarter deletes; of the others most are small and some have more digits before the point.</summary>
    private static long Quantity(Random random, long lot)
    {
        var kind = random.Next(100);
        var ceiling = kind < 25 ? 0L : kind < 85 ? 200_000_000L : 5_000_000_000L;
        return ceiling == 0 ? 0 : (random.NextInt64(lot, ceiling) / lot) * lot;
    }
}

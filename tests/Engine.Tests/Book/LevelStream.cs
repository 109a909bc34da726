using System;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>
/// Changes of levels as markets make them, and as they should not: mostly near a walking touch, some far away, jumps,
/// and prices a thousand times as high.
/// </summary>
internal sealed class LevelStream(Random random, int spread)
{
    private long _middle = 1_000_000;

    /// <summary>The next change; a quantity of 0 deletes.</summary>
    public (long Price, long Quantity) Next()
    {
        _middle += random.Next(-2, 3);
        if (random.Next(300) == 0)
        {
            _middle = random.NextInt64(10_000, 100_000_000);   // the market jumps
        }

        var price = random.Next(20) switch
        {
            0 => random.NextInt64(1, 1_000),
            1 => _middle * 1_000,
            2 => random.NextInt64(1, long.MaxValue),
            _ => Math.Max(1, _middle + random.Next(-spread, spread + 1)),
        };
        var quantity = random.Next(3) == 0 ? 0 : random.NextInt64(1, 1_000_000);
        return (price, quantity);
    }
}

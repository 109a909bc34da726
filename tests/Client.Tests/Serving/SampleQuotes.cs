using System;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Serving;

/// <summary>Quotes for tests.</summary>
internal static class SampleQuotes
{
    /// <summary>Three levels a side, two venues, a spread of 0.2.</summary>
    public static Summary ThreeLevels() => new()
    {
        Spread = 0.2,
        Bids = { Level("kraken", 67_999.9, 1.25), Level("binance", 67_999.5, 0.5), Level("kraken", 67_998, 2) },
        Asks = { Level("binance", 68_000.1, 0.75), Level("kraken", 68_000.4, 1), Level("binance", 68_002, 3) },
    };

    /// <summary>Venues cross each other by 1.5.</summary>
    public static Summary Crossed() => new()
    {
        Spread = -1.5,
        Bids = { Level("kraken", 101.5, 1) },
        Asks = { Level("binance", 100, 2) },
    };

    /// <summary>Ten levels a side whose prices depend on the number.</summary>
    public static Summary Moving(int number)
    {
        var quote = new Summary { Spread = 1 };
        for (var depth = 0; depth < 10; depth++)
        {
            quote.Bids.Add(Level("bitstamp", 1_000 + (number % 7) - depth, 1 + depth));
            quote.Asks.Add(Level("coinbase_advanced", 1_001 + (number % 7) + depth, 1 + depth));
        }

        return quote;
    }

    /// <summary>Levels of random venues, prices and amounts; the same for the same seed.</summary>
    public static Summary Random(int seed)
    {
        var random = new Random(seed);
        var quote = new Summary { Spread = Number(random) };
        for (var count = random.Next(12); count > 0; count--)
        {
            quote.Bids.Add(Level($"v{random.Next(20)}", Number(random), Number(random)));
        }

        for (var count = random.Next(12); count > 0; count--)
        {
            quote.Asks.Add(Level($"v{random.Next(20)}", Number(random), Number(random)));
        }

        return quote;
    }

    /// <summary>A level.</summary>
    public static Level Level(string venue, double price, double amount) =>
        new() { Exchange = venue, Price = price, Amount = amount };

    // Any finite double: bits, not a range.
    private static double Number(Random random)
    {
        while (true)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                return number;
            }
        }
    }
}

using System;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class TenLevelDigitsChecksumTests
{
    private const string DocumentedAsks =
        "45285.2 0.00100000,45286.4 1.54571953,45286.6 1.54571109,45289.6 1.54560911,45290.2 0.15890660,"
        + "45291.8 1.54553491,45294.7 0.04454749,45296.1 0.35380000,45297.5 0.09945542,45299.5 0.18772827";

    private const string DocumentedBids =
        "45283.5 0.10000000,45283.4 1.54582015,45282.1 0.10000000,45281.0 0.10000000,45280.3 1.54592586,"
        + "45279.0 0.07990000,45277.6 0.03310103,45277.5 0.30000000,45277.3 1.54602737,45276.6 0.15445238";

    private OrderBook _book;

    [TearDown]
    public void FreeBook() => _book.Free();

    [Test]
    public void ExampleOfTheVenuesDocumentation()
    {
        Fill(DocumentedBids, ref _book.Bids);
        Fill(DocumentedAsks, ref _book.Asks);

        Assert.That(TenLevelDigitsChecksum.Compute(ref _book), Is.EqualTo(3_310_070_434));
    }

    [Test]
    public void LevelsBelowTheTenthDoNotCount()
    {
        Fill(DocumentedBids + ",45000.0 3.00000000", ref _book.Bids);
        Fill(DocumentedAsks + ",46000.0 3.00000000", ref _book.Asks);

        Assert.That(TenLevelDigitsChecksum.Compute(ref _book), Is.EqualTo(3_310_070_434));
    }

    [Test]
    public void SmallPricesAndShortSidesAgreeWithTheText()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 200; round++)
        {
            _book.Clear();
            var bids = Enumerable.Range(1, random.Next(13)).Select(price => (long)price).Reverse().ToArray();
            var asks = Enumerable.Range(14, random.Next(13)).Select(price => (long)price).ToArray();
            var text = new StringBuilder();
            foreach (var price in asks.Concat(bids))
            {
                var quantity = random.NextInt64(1, 10_000_000_000);
                var isBid = price < 14;
                _ = isBid ? _book.Bids.Set(price, quantity) : _book.Asks.Set(price, quantity);
                var rank = isBid ? Array.IndexOf(bids, price) : Array.IndexOf(asks, price);
                if (rank < 10)
                {
                    text.Append(Printed(price, 8)).Append(Printed(quantity, 8));
                }
            }

            var crc = Crc32.Begin();
            crc.Append(Encoding.ASCII.GetBytes(text.ToString()));
            Assert.That(TenLevelDigitsChecksum.Compute(ref _book), Is.EqualTo(crc.Value));
        }
    }

    /// <summary>As the venue prints it at a declared precision, without point and leading zeros.</summary>
    private static string Printed(long value, int scale) =>
        (value / (decimal)Math.Pow(10, scale)).ToString("F" + scale, CultureInfo.InvariantCulture)
            .Replace(".", "", StringComparison.Ordinal).TrimStart('0');

    private static void Fill<TSide>(string levels, ref LadderSide<TSide> side)
        where TSide : struct, ISide
    {
        foreach (var level in levels.Split(','))
        {
            var parts = level.Split(' ');
            side.Set(Digits(parts[0]), Digits(parts[1]));
        }
    }

    private static long Digits(string text) =>
        long.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}

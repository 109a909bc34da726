using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class InterleavedTextChecksumTests
{
    private OrderBook _book;

    [TearDown]
    public void FreeBook() => _book.Free();

    [TestCase("3366.1x7 3366x6", "3366.8x9 3368x8", -1_881_014_294)]
    [TestCase("3366.1x7", "3366.8x9 3368x8 3372x8", 831_078_360, TestName = "a side that is shorter")]
    public void ExamplesOfTheVenuesDocumentation(string bids, string asks, int expected)
    {
        (_book.PriceScale, _book.QuantityScale) = (3, 2);   // finer than the text: zeros that are not printed
        foreach (var (price, quantity) in Levels(bids))
        {
            _book.Bids.Set(price, quantity);
        }

        foreach (var (price, quantity) in Levels(asks))
        {
            _book.Asks.Set(price, quantity);
        }

        Assert.That((int)InterleavedTextChecksum.Compute(ref _book), Is.EqualTo(expected));
    }

    [Test]
    public void EmptyBookHasTheChecksumOfNothing() =>
        Assert.That(InterleavedTextChecksum.Compute(ref _book), Is.Zero);

    [Test]
    public void BooksOfEveryDepthAndScaleAgreeWithTheirText()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 300; round++)
        {
            _book.Clear();
            (_book.PriceScale, _book.QuantityScale) = (random.Next(13), random.Next(19));
            var bids = Enumerable.Range(1, random.Next(40)).Select(price => 5_000L - price).ToArray();
            var asks = Enumerable.Range(1, random.Next(40)).Select(price => 5_000L + price).ToArray();
            var quantities = new Dictionary<long, long>();
            foreach (var price in bids.Concat(asks))
            {
                quantities[price] = random.NextInt64(1, random.Next(2) == 0 ? 1_000 : 4_000_000_000_000_000_000);
                _ = price < 5_000
                    ? _book.Bids.Set(price, quantities[price])
                    : _book.Asks.Set(price, quantities[price]);
            }

            var parts = new List<string>();
            for (var rank = 0; rank < 25; rank++)
            {
                foreach (var price in bids.Skip(rank).Take(1).Concat(asks.Skip(rank).Take(1)))
                {
                    parts.Add(Printed(price, _book.PriceScale));
                    parts.Add(Printed(quantities[price], _book.QuantityScale));
                }
            }

            var crc = Crc32.Begin();
            crc.Append(Encoding.ASCII.GetBytes(string.Join(':', parts)));
            Assert.That(InterleavedTextChecksum.Compute(ref _book), Is.EqualTo(crc.Value));
        }
    }

    private static string Printed(long value, int scale) =>
        DecimalOf(value, scale).ToString("0.##################", CultureInfo.InvariantCulture);

    private static decimal DecimalOf(long value, int scale) =>
        new((int)value, (int)(value >> 32), 0, false, (byte)scale);

    private static IEnumerable<(long Price, long Quantity)> Levels(string text) =>
        text.Split(' ').Select(static level => level.Split('x')).Select(static parts => (
            (long)(decimal.Parse(parts[0], CultureInfo.InvariantCulture) * 1_000),
            (long)(decimal.Parse(parts[1], CultureInfo.InvariantCulture) * 100)));
}

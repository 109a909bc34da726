using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class InterleavedNumbersChecksumTests
{
    private OrderBook _book;

    [TearDown]
    public void FreeBook() => _book.Free();

    /// <summary>
    /// The text by hand: amounts of asks negative, exponents below a millionth, a shorter side left out.
    /// </summary>
    [Test]
    public void TextIsThatOfTheNumbersAsTheyAreSent()
    {
        (_book.PriceScale, _book.QuantityScale) = (8, 8);
        _book.Bids.Set(110, 27_151_049_000_000);
        _book.Bids.Set(70, 1_000_000_000_000);
        _book.Asks.Set(111, 484_713_000_000);

        Assert.That(
            InterleavedNumbersChecksum.Compute(ref _book),
            Is.EqualTo(Crc("0.0000011:271510.49:0.00000111:-4847.13:7e-7:10000")));
    }

    [Test]
    public void EmptyBookHasTheChecksumOfNothing() =>
        Assert.That(InterleavedNumbersChecksum.Compute(ref _book), Is.Zero);

    [Test]
    public void BooksOfEveryDepthAndScaleAgreeWithTheirText()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 300; round++)
        {
            _book.Clear();
            (_book.PriceScale, _book.QuantityScale) = (random.Next(13), random.Next(19));
            var parts = new List<string>();
            var bids = Side(random.Next(40), price => 5_000 - price);
            var asks = Side(random.Next(40), price => 5_000 + price);
            foreach (var (price, quantity) in bids)
            {
                _book.Bids.Set(price, quantity);
            }

            foreach (var (price, quantity) in asks)
            {
                _book.Asks.Set(price, quantity);
            }

            for (var rank = 0; rank < 25; rank++)
            {
                parts.AddRange(bids.Skip(rank).Take(1).Select(level => Printed(level.Price, level.Quantity, "")));
                parts.AddRange(asks.Skip(rank).Take(1).Select(level => Printed(level.Price, level.Quantity, "-")));
            }

            Assert.That(InterleavedNumbersChecksum.Compute(ref _book), Is.EqualTo(Crc(string.Join(':', parts))));
        }

        (long Price, long Quantity)[] Side(int count, System.Func<long, long> place) =>
        [
            .. Enumerable.Range(1, count).Select(price => (
                place(price), random.NextInt64(1, random.Next(2) == 0 ? 1_000 : 4_000_000_000_000_000_000))),
        ];
    }

    private string Printed(long price, long quantity, string sign) =>
        $"{ScaledNumber.Format(price, _book.PriceScale)}:{sign}{ScaledNumber.Format(quantity, _book.QuantityScale)}";

    private static uint Crc(string text)
    {
        var crc = Crc32.Begin();
        crc.Append(Encoding.ASCII.GetBytes(text));
        return crc.Value;
    }
}

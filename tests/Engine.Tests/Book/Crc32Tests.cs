using System.Globalization;
using LowLatencyQuoter.Engine.Book;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class Crc32Tests
{
    [Test]
    public void CheckValueIsThatOfZlib()
    {
        var crc = Crc32.Begin();
        crc.Append("123456789"u8);

        Assert.That(crc.Value, Is.EqualTo(0xCBF4_3926));
    }

    [Test]
    public void NothingIsZero() => Assert.That(Crc32.Begin().Value, Is.Zero);

    [Test]
    public void PiecesMakeTheSameSumAsTheWhole()
    {
        var crc = Crc32.Begin();
        crc.Append("1234"u8);
        crc.Append([]);
        crc.AppendDigits(56789);

        Assert.That(crc.Value, Is.EqualTo(0xCBF4_3926));
    }

    [TestCase(0L)]
    [TestCase(1L)]
    [TestCase(10L)]
    [TestCase(9_007_199_254_740_993L)]
    [TestCase(long.MaxValue)]
    public void DigitsAreThoseOfTheNumberWithoutLeadingZeros(long value)
    {
        var digits = Crc32.Begin();
        digits.AppendDigits(value);
        var text = Crc32.Begin();
        text.Append(System.Text.Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture).TrimStart('0')));

        Assert.That(digits.Value, Is.EqualTo(text.Value));
    }
}

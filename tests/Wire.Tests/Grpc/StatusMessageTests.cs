using FsCheck.Fluent;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Grpc;

public sealed class StatusMessageTests
{
    [TestCase("", "")]
    [TestCase("no such symbol: BTC/USDT ~", "no such symbol: BTC/USDT ~")]
    [TestCase("100%", "100%25")]
    [TestCase("\t\r\n\u007f", "%09%0D%0A%7F")]
    [TestCase("\u20ac\U0001F600", "%E2%82%AC%F0%9F%98%80")]
    public void BytesOutsideOfPrintableAsciiAreEscaped(string message, string encoded)
    {
        Assert.That(StatusMessage.Encode(message), Is.EqualTo(encoded));
        Assert.That(StatusMessage.Decode(encoded), Is.EqualTo(message));
    }

    [TestCase("%", "%")]
    [TestCase("%4", "%4")]
    [TestCase("%zz", "%zz")]
    [TestCase("%+1", "%+1")]
    [TestCase("%41%", "A%")]
    [TestCase("%e2%82%ac", "\u20ac")]
    [TestCase("a%FFb", "a\ufffdb")]
    public void WhatIsNoEscapeStaysAsItIs(string encoded, string message)
    {
        Assert.That(StatusMessage.Decode(encoded), Is.EqualTo(message));
    }

    [Test]
    public void EveryTextSurvives()
    {
        var runes = Gen.OneOf(Gen.Choose(0, 0x7F), Gen.Choose(0x80, 0xD7FF), Gen.Choose(0xE000, 0x10FFFF));
        var texts = runes.Select(char.ConvertFromUtf32).ListOf().Select(string.Concat);
        Seeded.Check(Prop.ForAll(texts.ToArbitrary(), message =>
        {
            var encoded = StatusMessage.Encode(message);
            foreach (var character in encoded)
            {
                if (character is < ' ' or > '~')
                {
                    return false;
                }
            }

            return StatusMessage.Decode(encoded) == message;
        }));
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Text;

public sealed class DecimalTextTests
{
    private static readonly Gen<string> Digits = Gen.OneOf(
        Gen.Choose(1, 12), Gen.Choose(1, 12), Gen.Choose(17, 20), Gen.Choose(36, 42)).SelectMany(length =>
            Gen.Elements("0123456789".ToCharArray()).ArrayOf(length).Select(letters => new string(letters)));

    private static readonly Gen<string> Zeros = Gen.Choose(0, 20).Select(count => new string('0', count));

    private static readonly Gen<string> Exponents = Gen.OneOf(
        Gen.Constant(""), Gen.Constant(""), Gen.Choose(-30, 30).Select(power => $"e{power}"),
        Gen.Choose(0, 400).Select(power => $"E+{power}"));

    private static readonly Gen<string> Numbers =
        from sign in Gen.Elements("", "", "", "-")
        from whole in Gen.OneOf(Digits, Gen.Constant("0"))
        from fraction in Gen.OneOf(Gen.Constant(""), Digits.Select(digits => "." + digits))
        from zeros in Zeros
        from exponent in Exponents
        select sign + whole + fraction + (fraction.Length == 0 ? "" : zeros) + exponent;

    private static readonly Gen<string> Noise =
        Gen.Elements("0123456789.eE-+ ,xN".ToCharArray()).ListOf().Select(string.Concat);

    [Test]
    public void NumbersAreScaledAsByIntegersWithoutBounds() =>
        Seeded.Check(
            Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(0, 18).ToArbitrary(), AgreesWithTheOracle), runs: 5_000);

    [Test]
    public void NoiseIsJudgedAsByTheGrammar() =>
        Seeded.Check(
            Prop.ForAll(Noise.ToArbitrary(), Gen.Choose(0, 18).ToArbitrary(), AgreesWithTheOracle), runs: 3_000);

    [Test]
    public void ScaleIsTheCoarsestOnWhichTheNumberIsExact() =>
        Seeded.Check(
            Prop.ForAll(Numbers.ToArbitrary(), text =>
            {
                if (DecimalText.Parse(Encoding.ASCII.GetBytes(text), out var number) != DecimalOutcome.Exact)
                {
                    return DecimalOracle.Scale(text, 18).Outcome == DecimalOutcome.OutOfRange;
                }

                var isNumber = DecimalOracle.TryParse(text, out var digits, out var exponent);
                var written = Math.Max(0, -exponent);
                for (; !digits.IsZero && digits % 10 == 0; exponent++)
                {
                    digits /= 10;
                }

                return isNumber && number.Scale == (digits.IsZero ? 0 : Math.Max(0, -exponent))
                    && number.WrittenScale == written
                    && number.IsNegative == (digits < BigInteger.Zero);
            }),
            runs: 3_000);

    [Test]
    public void EveryDecimalOfTheRuntimeIsExact() =>
        Seeded.Check(
            Prop.ForAll(ArbMap.Default.ArbFor<int>(), Gen.Choose(0, 9).ToArbitrary(), (mantissa, scale) =>
            {
                var text = new decimal((int)(uint)Math.Abs((long)mantissa), 0, 0, mantissa < 0, (byte)scale)
                    .ToString(CultureInfo.InvariantCulture);
                return DecimalText.TryScale(Encoding.ASCII.GetBytes(text), scale, out var value) == DecimalOutcome.Exact
                    && value == mantissa;
            }),
            runs: 2_000);

    [TestCase("", 8, DecimalOutcome.Malformed)]
    [TestCase("-", 8, DecimalOutcome.Malformed)]
    [TestCase(".", 8, DecimalOutcome.Malformed)]
    [TestCase(".5", 8, DecimalOutcome.Malformed)]
    [TestCase("5.", 8, DecimalOutcome.Malformed)]
    [TestCase("5.e1", 8, DecimalOutcome.Malformed)]
    [TestCase("1.2.3", 8, DecimalOutcome.Malformed)]
    [TestCase("+1", 8, DecimalOutcome.Malformed)]
    [TestCase("1e", 8, DecimalOutcome.Malformed)]
    [TestCase("1e+-5", 8, DecimalOutcome.Malformed)]
    [TestCase("1e--5", 8, DecimalOutcome.Malformed)]
    [TestCase("1e5x", 8, DecimalOutcome.Malformed)]
    [TestCase("NaN", 8, DecimalOutcome.Malformed)]
    [TestCase("Infinity", 8, DecimalOutcome.Malformed)]
    [TestCase("0x10", 8, DecimalOutcome.Malformed)]
    [TestCase(" 1", 8, DecimalOutcome.Malformed)]
    [TestCase("1 ", 8, DecimalOutcome.Malformed)]
    [TestCase("1,5", 8, DecimalOutcome.Malformed)]
    [TestCase("1e400", 8, DecimalOutcome.OutOfRange)]
    [TestCase("1e-400", 8, DecimalOutcome.OutOfRange)]
    [TestCase("1e-19", 18, DecimalOutcome.OutOfRange)]
    [TestCase("9223372036854775808", 0, DecimalOutcome.OutOfRange)]
    [TestCase("92233720368547758.08", 2, DecimalOutcome.OutOfRange)]
    [TestCase("1234567890123456789012345678901234567890", 0, DecimalOutcome.OutOfRange)]
    [TestCase("34028236692093846346337460743176821146", 1, DecimalOutcome.OutOfRange)]
    [TestCase("0.123456789", 8, DecimalOutcome.NeedsFinerScale)]
    [TestCase("7e-7", 6, DecimalOutcome.NeedsFinerScale)]
    [TestCase("1e-18", 17, DecimalOutcome.NeedsFinerScale)]
    public void WhatIsNotExactSaysWhy(string text, int scale, DecimalOutcome outcome)
    {
        Assert.That(DecimalText.TryScale(Encoding.ASCII.GetBytes(text), scale, out var value), Is.EqualTo(outcome));
        Assert.That(value, Is.Zero);
    }

    [TestCase("61737.63000000", 2, 6_173_763)]
    [TestCase("61737.63000000", 8, 6_173_763_000_000)]
    [TestCase("0", 8, 0)]
    [TestCase("-0", 8, 0)]
    [TestCase("0e400", 8, 0)]
    [TestCase("0.000000000000000000000000000000", 0, 0)]
    [TestCase("7e-7", 7, 7)]
    [TestCase("7E-7", 8, 70)]
    [TestCase("0.0007e4", 0, 7)]
    [TestCase("12300e-2", 0, 123)]
    [TestCase("0000000000000000000000000000000000000000000001.5", 1, 15)]
    [TestCase("9223372036854775807", 0, long.MaxValue)]
    [TestCase("9.223372036854775807", 18, long.MaxValue)]
    [TestCase("9223372036854775807.000", 0, long.MaxValue)]
    [TestCase("-9223372036854775807", 0, -long.MaxValue)]
    [TestCase("1000000000000000000000000000000000000000e-39", 0, 1)]
    public void ExactNumbersAreScaled(string text, int scale, long expected)
    {
        Assert.That(
            DecimalText.TryScale(Encoding.ASCII.GetBytes(text), scale, out var value),
            Is.EqualTo(DecimalOutcome.Exact));
        Assert.That(value, Is.EqualTo(expected));
    }

    [Test]
    public void ExponentsBeyondEveryScaleNeverPassForANumber()
    {
        var texts = new[]
        {
            "0e1000", "1e1001", "1e-1001", "1e99999999999999999999999", "1e2147483648", "1e-2147483649",
        };
        foreach (var text in texts)
        {
            Assert.That(
                DecimalText.TryScale(Encoding.ASCII.GetBytes(text), 8, out _),
                Is.Not.EqualTo(DecimalOutcome.Exact),
                text);
        }
    }

    [Test]
    public void IntegersAreReadAsByTheRuntime()
    {
        var random = Seeded.Random();
        var texts = new List<string>
        {
            "", "-", "0", "-0", "+1", "1.0", " 1", "1 ", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "00012", "1a", "--1",
        };
        texts.AddRange(Enumerable.Range(0, 20_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)
            .ToString(CultureInfo.InvariantCulture)));
        foreach (var text in texts)
        {
            var reads = long.TryParse(
                    text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var expected)
                && !text.StartsWith('+');
            Assert.That(AsciiInteger.TryParse(Encoding.ASCII.GetBytes(text), out var value), Is.EqualTo(reads), text);
            Assert.That(value, Is.EqualTo(reads ? expected : 0), text);
        }
    }

    [Test]
    [Category(Categories.Allocation)]
    public void ReadingNumbersAllocatesNothing()
    {
        var texts = Numbers.Sample(200).Concat(Noise.Sample(50)).Select(Encoding.ASCII.GetBytes).ToArray();
        Read(texts);

        using (NoAllocation.Begin())
        {
            Read(texts);
        }
    }

    private static void Read(byte[][] texts)
    {
        foreach (var text in texts)
        {
            for (var scale = 0; scale <= 18; scale += 3)
            {
                DecimalText.TryScale(text, scale, out _);
            }

            _ = AsciiInteger.TryParse(text, out _);
        }
    }

    private static bool AgreesWithTheOracle(string text, int scale)
    {
        var expected = DecimalOracle.Scale(text, scale);
        var outcome = DecimalText.TryScale(Encoding.ASCII.GetBytes(text), scale, out var value);
        if (outcome == DecimalOutcome.OutOfRange && expected.Outcome == DecimalOutcome.Malformed)
        {
            return text.Count(char.IsAsciiDigit) > 38;   // given up before its end was seen
        }

        return outcome == expected.Outcome && value == expected.Value;
    }
}

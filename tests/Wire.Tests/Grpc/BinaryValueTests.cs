using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Grpc;
using NUnit.Framework;

namespace LowLatencyQuoter.Wire.Tests.Grpc;

public sealed class BinaryValueTests
{
    [TestCase("", new byte[] { })]
    [TestCase("AA", new byte[] { 0 })]
    [TestCase("AA==", new byte[] { 0 })]
    [TestCase("q6ur", new byte[] { 0xAB, 0xAB, 0xAB })]
    [TestCase(" q6s= ", new byte[] { 0xAB, 0xAB })]
    public void PaddingMayBeThereOrNot(string text, byte[] expected)
    {
        Assert.That(BinaryValue.TryDecode(text, out var values), Is.True);
        Assert.That(values.Single(), Is.EqualTo(expected));
    }

    [TestCase("?")]
    [TestCase("A")]
    [TestCase("AA,?")]
    [TestCase("AAAAA")]
    public void WhatIsNotBase64IsRefused(string text) =>
        Assert.That(BinaryValue.TryDecode(text, out IReadOnlyList<byte[]> _), Is.False);

    [Test]
    public void WhatIsWrittenIsReadAgain()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new byte[random.Next(20)]).ToArray();
            foreach (var value in values)
            {
                random.NextBytes(value);
            }

            var text = string.Join(',', values.Select(static value => BinaryValue.Encode(value)));
            Assert.That(text, Does.Not.Contain("="));
            Assert.That(BinaryValue.TryDecode(text, out var read), Is.True);
            Assert.That(read, Is.EqualTo(values));
        }
    }
}

using LowLatencyQuoter.Client.Terminal;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Terminal;

/// <summary>Bars.</summary>
public sealed class LadderBarTests
{
    [TestCase(0, 10, "")]
    [TestCase(10, 0, "")]
    [TestCase(10, 10, "████████████")]
    [TestCase(20, 10, "████████████")]
    [TestCase(5, 10, "██████")]
    [TestCase(0.0001, 10, "▏")]
    public void ABarIsAsLongAsItsShare(double part, double whole, string expected) =>
        Assert.That(new LadderBar(unicode: true).Draw(part, whole), Is.EqualTo(expected));

    [TestCase(0.0001, 10, "#")]
    [TestCase(5, 10, "######")]
    public void WithoutUnicodeItIsMadeOfWholeCells(double part, double whole, string expected) =>
        Assert.That(new LadderBar(unicode: false).Draw(part, whole), Is.EqualTo(expected));
}

using LowLatencyQuoter.Client.Formatting;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Formatting;

/// <summary>Text of others on our terminal.</summary>
public sealed class PrintableTests
{
    [TestCase("kraken", "kraken")]
    [TestCase("é 漢", "é 漢")]
    [TestCase("\e[31mred", "\uFFFD[31mred")]
    [TestCase("two\r\nlines", "two\uFFFD\uFFFDlines")]
    [TestCase("\u009b2J", "\uFFFD2J")]
    [TestCase("a\u202Eb\u2028c", "a\uFFFDb\uFFFDc")]
    public void ControlsAreReplacedAndTheRestStays(string text, string expected) =>
        Assert.That(Printable.Line(text), Is.EqualTo(expected));
}

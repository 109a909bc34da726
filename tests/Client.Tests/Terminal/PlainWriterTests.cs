using System;
using System.Buffers;
using System.Text;
using LowLatencyQuoter.Client.Terminal;
using LowLatencyQuoter.Client.Tests.Serving;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Terminal;

/// <summary>Quotes as lines of text.</summary>
public sealed class PlainWriterTests
{
    [Test]
    public void ColumnsKeepTheirPlaceFromQuoteToQuote()
    {
        var lines = Lines(SampleQuotes.ThreeLevels(), SampleQuotes.Crossed(), new Summary());

        Assert.That(lines, Is.EqualTo(new[]
        {
            "       1  bid kraken                      1.25        67999.9"
                + "  ask binance                     0.75        68000.1"
                + "  spread        0.2     0.029 bps  levels  3  3",
            "       2  bid kraken                         1          101.5"
                + "  ask binance                        2            100"
                + "  spread       -1.5  -148.883 bps  levels  1  1 crossed",
            "       3  bid -                              -              -"
                + "  ask -                              -              -"
                + "  spread          -         - bps  levels  0  0",
        }));
    }

    [Test]
    public void ALockedBookSaysSo()
    {
        var quote = new Summary { Bids = { SampleQuotes.Level("a", 5, 1) }, Asks = { SampleQuotes.Level("b", 5, 1) } };

        Assert.That(Lines(quote)[0], Does.EndWith("levels  1  1 locked"));
    }

    [TestCase("two words", "two_words")]
    [TestCase("", "?")]
    [TestCase("a\nb", "a\uFFFDb")]
    public void AnyVenueNameIsOneWord(string name, string expected)
    {
        var quote = new Summary { Bids = { SampleQuotes.Level(name, 5, 1) } };

        var words = Lines(quote)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(words[2], Is.EqualTo(expected));
        Assert.That(words, Has.Length.EqualTo(16));
    }

    private static string[] Lines(params Summary[] quotes)
    {
        var writer = new PlainWriter();
        var text = new ArrayBufferWriter<byte>();
        foreach (var quote in quotes)
        {
            writer.Write(quote, text);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan).TrimEnd('\n').Split('\n');
    }
}

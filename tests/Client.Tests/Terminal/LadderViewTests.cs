using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Terminal;
using LowLatencyQuoter.Client.Tests.Serving;
using NUnit.Framework;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Terminal;

/// <summary>The picture, line by line.</summary>
public sealed class LadderViewTests
{
    private static readonly ServerAddress Server = new("127.0.0.1", 50052);
    private static readonly TerminalTraits Plain = new(Colors: false, Unicode: true);

    [Test]
    public void AsksStandAboveTheSpreadAndBidsBelowBestNearestTheMiddle()
    {
        var lines = new LadderView(Plain).Render(Frame(SampleQuotes.ThreeLevels()), 80, 24);

        Assert.That(lines.Select(line => line.TrimEnd()), Is.EqualTo(new[]
        {
            "127.0.0.1:50052  live  1234 quotes/s  5,678 quotes",
            "venue                price        amount    cumulative",
            "binance            68002.0          3.00          4.75  ████████████",
            "kraken             68000.4          1.00          1.75  ████▍",
            "binance            68000.1          0.75          0.75  █▉",
            "spread                 0.2      0.03 bps",
            "kraken             67999.9          1.25          1.25  ███▏",
            "binance            67999.5          0.50          1.75  ████▍",
            "kraken             67998.0          2.00          3.75  █████████▌",
            "s symbol  d depth  +/- group  v venues  l latency  q quits",
        }));
    }

    [Test]
    public void ACrossedBookIsAWarning()
    {
        var lines = new LadderView(Plain).Render(Frame(SampleQuotes.Crossed()), 80, 24);

        Assert.That(lines[3], Does.Match(@"^spread CROSSED +-1\.5 +-148\.88 bps"));
    }

    [Test]
    public void AnEmptySideHasNoSpread()
    {
        var quote = new Summary { Bids = { SampleQuotes.Level("kraken", 5, 1) } };

        Assert.That(new LadderView(Plain).Render(Frame(quote), 80, 24)[2], Does.Match("^one side empty +- +-"));
    }

    [Test]
    public void AsksAreRedAndBidsGreen()
    {
        var lines = new LadderView(new TerminalTraits(Colors: true, Unicode: true))
            .Render(Frame(SampleQuotes.ThreeLevels()), 80, 24);

        Assert.That(lines[4], Does.Contain("\e[91mbinance"));
        Assert.That(lines[6], Does.Contain("\e[32mkraken"));
    }

    [Test]
    public void WithoutColorsThereIsNoEscapeSequence()
    {
        var lines = new LadderView(Plain).Render(Frame(SampleQuotes.Crossed()) with { IsLive = false }, 80, 24);

        Assert.That(lines, Has.None.Contains("\e"));
    }

    [Test]
    public void OldLevelsAreDimmedAndTheReasonIsShown()
    {
        var frame = Frame(SampleQuotes.ThreeLevels()) with { IsLive = false, State = "UNAVAILABLE: gone" };

        var lines = new LadderView(new TerminalTraits(Colors: true, Unicode: true)).Render(frame, 80, 24);

        Assert.That(lines[0], Does.Contain("UNAVAILABLE: gone"));
        Assert.That(lines[4], Does.Contain("\e[2;91mbinance"));
    }

    [Test]
    public void WithoutUnicodeEverythingIsAscii()
    {
        var lines = new LadderView(new TerminalTraits(Colors: false, Unicode: false))
            .Render(Frame(SampleQuotes.ThreeLevels()), 80, 24);

        Assert.That(string.Concat(lines).All(char.IsAscii), Is.True);
        Assert.That(lines[2], Does.Contain(new string('#', LadderBar.Width)));
    }

    [Test]
    public void EveryWindowSizeGetsAPictureThatFits([Values(1, 2, 5, 8, 13, 24, 50)] int height)
    {
        for (var width = 1; width <= 90; width++)
        {
            var lines = new LadderView(Plain).Render(Frame(SampleQuotes.Moving(1)), width, height);

            Assert.That(lines, Has.Count.LessThanOrEqualTo(height));
            Assert.That(lines.Select(line => line.Length), Has.All.LessThanOrEqualTo(width));
        }
    }

    [Test]
    public void ASmallWindowKeepsTheBestLevelsOfBothSides()
    {
        var lines = new LadderView(Plain).Render(Frame(SampleQuotes.ThreeLevels()), 80, 8);

        string[] second = ["live", "price", "68000.4", "68000.1", "0.2", "67999.9", "67999.5", "symbol"];
        Assert.That(Words(lines, 1), Is.EqualTo(second));
    }

    [Test]
    public void NarrowWindowsDropTheBarFirstAndTheCumulativeNext()
    {
        var view = new LadderView(Plain);

        Assert.That(view.Render(Frame(SampleQuotes.ThreeLevels()), 60, 24)[2].TrimEnd(), Does.EndWith("4.75"));
        Assert.That(view.Render(Frame(SampleQuotes.ThreeLevels()), 50, 24)[2].TrimEnd(), Does.EndWith("3.00"));
    }

    [Test]
    public void DigitsNeverJumpBackFromFrameToFrame()
    {
        var view = new LadderView(Plain);
        var fine = new Summary { Bids = { SampleQuotes.Level("kraken", 5.125, 1) } };
        var coarse = new Summary { Bids = { SampleQuotes.Level("kraken", 5, 1) } };

        view.Render(Frame(fine), 80, 24);

        Assert.That(view.Render(Frame(coarse), 80, 24)[3], Does.Contain("5.000"));
    }

    [Test]
    public void BeforeTheFirstQuoteTheViewSaysWhatItWaitsFor()
    {
        var frame = new LadderFrame(Server, "connecting", IsLive: false, Quote: null, QuotesPerSecond: 0, Quotes: 0);

        Assert.That(
            new LadderView(Plain).Render(frame, 80, 24).Select(line => line.TrimEnd()),
            Is.EqualTo(new[]
            {
                "127.0.0.1:50052  connecting  0 quotes/s  0 quotes",
                "waiting for the first quote",
                "s symbol  d depth  +/- group  v venues  l latency  q quits",
            }));
    }

    [Test]
    public void MarkupInAVenueNameIsText()
    {
        var quote = new Summary { Bids = { SampleQuotes.Level("[red]x", 5, 1) } };

        Assert.That(new LadderView(Plain).Render(Frame(quote), 80, 24)[3], Does.StartWith("[red]x"));
    }

    private static LadderFrame Frame(Summary quote) =>
        new(Server, "live", IsLive: true, quote, QuotesPerSecond: 1_234.4, Quotes: 5_678);

    private static IEnumerable<string> Words(IReadOnlyList<string> lines, int index) =>
        lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[index]);
}

using System.IO;
using LowLatencyQuoter.Client.Terminal;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Terminal;

/// <summary>What is sent to the terminal.</summary>
public sealed class TerminalScreenTests
{
    private StringWriter _terminal = new();

    [SetUp]
    public void BeginWithAnEmptyTerminal() => _terminal = new StringWriter();

    [TearDown]
    public void Close() => _terminal.Dispose();

    [Test]
    public void TheFirstPictureErasesAndWritesEveryLine()
    {
        using var screen = new TerminalScreen(_terminal);

        Assert.That(Painted(screen, ["one", "two"]), Is.EqualTo(
            "\e[?2026h\e[0m\e[2J\e[1;1Hone\e[0m\e[K\e[2;1Htwo\e[0m\e[K\e[?2026l"));
    }

    [Test]
    public void OnlyChangedLinesAreWrittenAfterwards()
    {
        using var screen = new TerminalScreen(_terminal);
        Painted(screen, ["one", "two", "three"]);

        Assert.That(Painted(screen, ["one", "2", "three"]), Is.EqualTo("\e[?2026h\e[2;1H2\e[0m\e[K\e[?2026l"));
        Assert.That(Painted(screen, ["one", "2", "three"]), Is.Empty);
    }

    [Test]
    public void LinesThatAreGoneAreErased()
    {
        using var screen = new TerminalScreen(_terminal);
        Painted(screen, ["one", "two"]);

        Assert.That(Painted(screen, ["one"]), Is.EqualTo("\e[?2026h\e[2;1H\e[0m\e[K\e[?2026l"));
    }

    [Test]
    public void ANewSizeBeginsAfresh()
    {
        using var screen = new TerminalScreen(_terminal);
        Painted(screen, ["one"]);

        Assert.That(Painted(screen, ["one"], width: 40), Does.Contain("\e[2J").And.Contain("one"));
    }

    [Test]
    public void RetakingTheTerminalBeginsAfresh()
    {
        using var screen = new TerminalScreen(_terminal);
        Painted(screen, ["one"]);

        screen.Retake();

        Assert.That(_terminal.ToString(), Does.EndWith("\e[?1049h\e[?25l\e[?7l"));
        Assert.That(Painted(screen, ["one"]), Does.Contain("\e[2J").And.Contain("one"));
    }

    [Test]
    public void LinesBelowTheWindowAreLeftOut()
    {
        using var screen = new TerminalScreen(_terminal);

        Assert.That(Painted(screen, ["one", "two", "three"], height: 2), Does.Contain("two").And.Not.Contain("three"));
    }

    [Test]
    public void LeavingUndoesWhatEnteringDid()
    {
        var screen = new TerminalScreen(_terminal);
        Assert.That(_terminal.ToString(), Is.EqualTo("\e[?1049h\e[?25l\e[?7l"));
        _terminal.GetStringBuilder().Clear();

        screen.Dispose();

        Assert.That(_terminal.ToString(), Is.EqualTo("\e[?7h\e[?25h\e[?1049l"));
    }

    private string Painted(TerminalScreen screen, string[] lines, int width = 80, int height = 24)
    {
        _terminal.GetStringBuilder().Clear();
        screen.Paint(lines, width, height);
        return _terminal.ToString();
    }
}

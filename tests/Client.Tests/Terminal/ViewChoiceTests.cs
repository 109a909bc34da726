using System;
using System.Linq;
using LowLatencyQuoter.Client.Terminal;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Terminal;

public sealed class ViewChoiceTests
{
    [Test]
    public void DepthGoesThroughItsPresetsAndBackToAllThatFits()
    {
        var choice = new ViewChoice();
        var depths = Enumerable.Range(0, 5).Select(_ => (choice = Press(choice, 'd')).Depth);
        Assert.That(depths, Is.EqualTo((int[])[5, 10, 20, 50, 0]));
    }

    [Test]
    public void TheCursorGoesUpIntoTheAsksAndDownIntoTheBids()
    {
        var choice = Press(Press(new ViewChoice(), ConsoleKey.UpArrow), ConsoleKey.UpArrow);
        Assert.That(choice.Cursor, Is.EqualTo(2));
        for (var press = 0; press < 3; press++)
        {
            choice = Press(choice, ConsoleKey.DownArrow);
        }

        Assert.That(choice.Cursor, Is.EqualTo(-1));
        Assert.That(Press(choice, ConsoleKey.Escape).Cursor, Is.Zero);
    }

    [Test]
    public void GroupingHasItsEnds()
    {
        Assert.That(Press(new ViewChoice(), '-').Group, Is.Zero);
        Assert.That(Press(new ViewChoice(Group: ViewChoice.GroupMost), '+').Group, Is.EqualTo(ViewChoice.GroupMost));
    }

    [TestCase('v')]
    [TestCase('l')]
    [TestCase('p')]
    [TestCase(' ')]
    public void APaneAndThePauseGoOnAndOff(char key)
    {
        var on = Press(new ViewChoice(), key);
        Assert.That(on, Is.Not.EqualTo(new ViewChoice()));
        Assert.That(Press(on, key), Is.EqualTo(new ViewChoice()));
    }

    [Test]
    public void AnyOtherKeyDoesNothing() => Assert.That(Press(new ViewChoice(), 'x'), Is.EqualTo(new ViewChoice()));

    private static ViewChoice Press(ViewChoice choice, char key) =>
        choice.After(new ConsoleKeyInfo(key, ConsoleKey.None, false, false, false));

    private static ViewChoice Press(ViewChoice choice, ConsoleKey key) =>
        choice.After(new ConsoleKeyInfo('\0', key, false, false, false));
}

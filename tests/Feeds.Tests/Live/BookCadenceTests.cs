using System;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

public sealed class BookCadenceTests
{
    private const long Second = 1_000_000_000;
    private const long Look = 5_000_000;

    /// <summary>Updates come by chance, often at day and seldom at night; each question costs a request.</summary>
    [TestCase(0.1)]
    [TestCase(1)]
    [TestCase(30)]
    public void ADayOfChanceIsSeldomAskedAbout(double meanSeconds)
    {
        var random = Seeded.Random();
        var cadence = default(BookCadence);
        cadence.Restart(1);
        var questions = 0;
        var now = 1L;
        var messages = 0;
        while (now < 86_400 * Second)
        {
            var night = now / Second / 3_600 is > 8 and < 12 ? 10 : 1;
            var next = now + (long)(-Math.Log(1 - random.NextDouble()) * meanSeconds * night * Second);
            questions += QuestionsUntil(ref cadence, next);
            cadence.Observe(next);
            now = next;
            messages++;
        }

        Assert.That(questions, Is.LessThan(Math.Max(20, messages / 100)), $"{messages} messages");
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(60)]
    public void BookThatFallsSilentIsAskedAboutAfterTwoCadences(int seconds)
    {
        var cadence = default(BookCadence);
        cadence.Restart(Second);
        var last = Second;
        for (var message = 0; message < 100; message++)
        {
            last += seconds * Second;
            cadence.Observe(last);
        }

        Assert.That(cadence.UsualNanos, Is.EqualTo(seconds * Second));
        Assert.That(cadence.IsProbeDue(last + (2 * seconds * Second)), Is.False);
        Assert.That(cadence.IsProbeDue(last + (2 * seconds * Second) + Look), Is.True);
    }

    [Test]
    public void QuietAnswersMakePatientAndAMessageImpatientAgain()
    {
        var cadence = default(BookCadence);
        cadence.Restart(Second);
        cadence.NoteQuiet();
        cadence.NoteQuiet();
        Assert.That(cadence.IsProbeDue(9 * Second), Is.False);
        Assert.That(cadence.IsProbeDue((9 * Second) + 1), Is.True);

        cadence.Observe(2 * Second);

        Assert.That(cadence.IsProbeDue((4 * Second) + 1), Is.True);
    }

    [Test]
    public void LongWaitFadesWithTheMessagesThatComeSooner()
    {
        var cadence = default(BookCadence);
        cadence.Restart(Second);
        cadence.Observe(601 * Second);
        Assert.That(cadence.UsualNanos, Is.EqualTo(600 * Second));
        for (var message = 1; message <= 500; message++)
        {
            cadence.Observe((601 * Second) + (message * Second / 10));
        }

        Assert.That(cadence.UsualNanos, Is.EqualTo(BookCadence.LeastUsualNanos));
    }

    [Test]
    public void BookThatWasAwayIsNotAskedAboutForThat()
    {
        var cadence = default(BookCadence);
        cadence.Restart(Second);
        cadence.Restart(1_000 * Second);
        cadence.Observe(1_001 * Second);

        Assert.That(cadence.UsualNanos, Is.EqualTo(BookCadence.LeastUsualNanos));
    }

    /// <summary>Looks only where the answer may change: patience doubles with each question.</summary>
    private static int QuestionsUntil(ref BookCadence cadence, long until)
    {
        var questions = 0;
        while (cadence.IsProbeDue(until))
        {
            cadence.NoteQuiet();
            questions++;
        }

        return questions;
    }
}

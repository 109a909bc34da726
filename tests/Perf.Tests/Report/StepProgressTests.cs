using System;
using System.IO;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Report;

[TestFixture]
internal sealed class StepProgressTests
{
    [Test]
    public void StepsAndWhatIsWithinThemMoveTheBar()
    {
        using var output = new StringWriter();
        using (var progress = new StepProgress(output, TimeSpan.Zero))
        {
            var steps = new StepCount(4, progress);
            steps.Within(0, "begins");
            steps.Done("first");
            steps.Within(0.5, "halfway through the second");
        }

        Assert.That(output.ToString(), Does.Match(
            @"\u2591{30}   0 %  begins.*\u2588{7}\u2591{23}  25 % +\d+ s left  first.* 38 % .*second.*\u001b\[K$"));
    }

    [Test]
    public void LongNamesAreCut()
    {
        using var output = new StringWriter();
        using var progress = new StepProgress(output, TimeSpan.Zero);
        progress.Show(0.5, new string('x', 500));
        Assert.That(output.ToString().Length, Is.LessThan(200));
    }

    [Test]
    public void DrawsAFewTimesASecondAtMost()
    {
        using var output = new StringWriter();
        using var progress = new StepProgress(output, TimeSpan.FromHours(1));
        progress.Show(0.1, "seen");
        progress.Show(0.2, "not seen");
        Assert.That(output.ToString(), Does.EndWith("  seen"));
    }

    [Test]
    public void SilentOneShowsNothing()
    {
        using var progress = StepProgress.Silent();
        Assert.That(progress.IsShown, Is.False);
        Assert.That(() => progress.Show(1, "done"), Throws.Nothing);
    }

    [Test]
    [Category(Categories.Allocation)]
    public void DrawingAllocatesNothing()
    {
        using var progress = new StepProgress(TextWriter.Null, TimeSpan.Zero);
        progress.Show(0, "soaking");
        progress.Show(0.5, "soaking");
        using (NoAllocation.Begin())
        {
            progress.Show(0.75, "soaking");
        }
    }
}

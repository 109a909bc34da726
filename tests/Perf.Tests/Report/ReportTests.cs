using System.IO;
using System.Text.Json;
using LowLatencyQuoter.Perf.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Report;

[TestFixture]
internal sealed class ReportTests
{
    [Test]
    public void FiguresAreMediansOfWindowsAndTheMaximumIsTheLargest()
    {
        var rate = SampleReport.Make().Rates[0];
        Assert.That(rate.MedianNanos(0, 50), Is.EqualTo(1_000).Within(1), "of 500, 1,500 and 1,000");
        Assert.That(rate.Merged(0).Max, Is.EqualTo(3_000).Within(2));
        Assert.That(rate.Merged(0).TotalCount, Is.EqualTo(3_000));
    }

    [TestCase(new double[0], 0)]
    [TestCase(new[] { 4.0 }, 4)]
    [TestCase(new[] { 9.0, 1, 5 }, 5)]
    [TestCase(new[] { 9.0, 1, 5, 7 }, 6)]
    public void MedianIsTheMiddleOne(double[] values, double expected) =>
        Assert.That(Median.Of(values), Is.EqualTo(expected));

    [Test]
    public void JsonIsOneLine()
    {
        var json = ReportJson.Of(SampleReport.Make(note: "two\nlines </script>"));
        Assert.That(json, Does.Not.Contain('\n').And.Not.Contain("</script>"));
        using var document = JsonDocument.Parse(json);
        var report = document.RootElement;
        Assert.That(report.GetProperty("conditions").GetProperty("note").GetString(), Does.Contain("</script>"));
        Assert.That(report.GetProperty("unpaced").GetProperty("messagesPerSecond").GetDouble(), Is.EqualTo(2));
    }

    [Test]
    public void BaselineOfAnotherMachineIsNotCompared()
    {
        var folder = Directory.CreateTempSubdirectory("perf-baseline-").FullName;
        try
        {
            var report = SampleReport.Make();
            Baseline.Of(report.Machine, folder).Save(report);
            Assert.That(
                Baseline.Of(report.Machine, folder).Compare(report),
                Does.Match(@"sample 1000/s sum p99\s+\S+ ns, was \S+ \(0 %\)"));
            var other = SampleReport.Make("ba9876543210");
            Assert.That(
                Baseline.Of(other.Machine, folder).Compare(other),
                Does.StartWith("no baseline of machine ba9876543210"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void DamagedBaselineIsNamed()
    {
        var folder = Directory.CreateTempSubdirectory("perf-baseline-").FullName;
        try
        {
            var report = SampleReport.Make();
            var file = Baseline.Of(report.Machine, folder).Save(report);
            File.WriteAllText(file, "{");
            Assert.That(
                () => Baseline.Of(report.Machine, folder).Compare(report),
                Throws.TypeOf<PerfException>().With.Message.Contains(file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}

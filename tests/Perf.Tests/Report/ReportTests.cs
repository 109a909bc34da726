using System.IO;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Perf.Tests.Machine;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Report;

[TestFixture]
internal sealed class ReportTests
{
    [Test]
    public void FiguresAreMediansOfWindowsAndTheMaximumIsTheLargest()
    {
        var rate = SampleReport.Make().Rates[0];
        Assert.That(rate.Nanos(0, 50), Is.EqualTo(1_000).Within(1), "of 500, 1,500 and 1,000");
        Assert.That(rate.Merged(0).Max, Is.EqualTo(3_000).Within(2));
        Assert.That(rate.Merged(0).TotalCount, Is.EqualTo(3_000));
    }

    [Test]
    public void StallsOfTheWindowsAddUpBesideTheirRate()
    {
        var behind = SampleReport.Stall("behind", 2_000);
        var rate = SampleReport.Make().Rates[0] with { StallsBehind = [behind] };

        Assert.That(rate.Stalls, Has.Count.EqualTo(2));
        Assert.That(rate.Stalls[0].Gaps.TotalCount, Is.EqualTo(3), "one in each of three windows");
        Assert.That(rate.Stalls[1], Is.SameAs(behind));
    }

    [TestCase(1_000, 0, true)]
    [TestCase(951, 0, true)]
    [TestCase(949, 0, false)]
    [TestCase(1_000, 1, false)]
    public void RateIsSustainedWhenItComesThroughInTimeAndWhole(double through, long lost, bool sustained)
    {
        var window = SampleReport.Make().Rates[0].Windows[0] with { Seconds = 1_000 / through, Lost = lost };

        Assert.That(new RateReport(1_000, [window]).IsSustained, Is.EqualTo(sustained));
    }

    [Test]
    public void JsonIsOneLine()
    {
        var json = ReportJson.Of(SampleReport.Make(note: "two\nlines </script>"));
        Assert.That(json, Does.Not.Contain('\n').And.Not.Contain("</script>"));
        using var document = JsonDocument.Parse(json);
        var report = document.RootElement;
        Assert.That(report.GetProperty("conditions").GetProperty("note").GetString(), Does.Contain("</script>"));
        var saturation = report.GetProperty("saturation");
        Assert.That(saturation.GetProperty("sustainedPerSecond").GetDouble(), Is.EqualTo(5_000));
        Assert.That(saturation.GetProperty("longestStages").GetString(), Is.EqualTo("sum, then first"));
        Assert.That(report.GetProperty("rates")[0].GetProperty("stalls").GetArrayLength(), Is.EqualTo(1));
        Assert.That(report.GetProperty("unpaced").GetProperty("messagesPerSecond").GetDouble(), Is.EqualTo(2));
    }

    [Test]
    public void BaselineOfAnotherMachineIsNotCompared()
    {
        var folder = Directory.CreateTempSubdirectory("perf-baseline-").FullName;
        try
        {
            var report = SampleReport.Make();
            var times = LatencyTimes.Of(report);
            Of(report.Machine, folder).Save(times);
            Assert.That(
                Of(report.Machine, folder).Compare(times),
                Does.Match(@"sample 1000/s sum p99\s+\S+ ns, was \S+ \(0 %\)"));
            var other = SampleReport.Make("ba9876543210");
            Assert.That(
                Of(other.Machine, folder).Compare(LatencyTimes.Of(other)),
                Does.StartWith("no baseline of machine ba9876543210")
                    .And.EndWith("Not compared with those of 0123456789ab"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void JsonTellsWhatWasThenAndWhatItIsNow()
    {
        var folder = Directory.CreateTempSubdirectory("perf-baseline-").FullName;
        try
        {
            var machine = SampleMachine.Make("0123456789ab");
            Baseline.Of(machine, "compare", folder).Save([new("a ours", 10, "ns"), new("b ours", 1, "ns")]);
            Baseline.Of(SampleMachine.Make("ba9876543210"), "compare", folder).Save([new("a ours", 1, "ns")]);
            var now = new BaselineFigure("a ours", 12.5, "ns");
            using var document = JsonDocument.Parse(ReportJson.Write(
                json => Baseline.Of(machine, "compare", folder).WriteJson(json, [now, new("c ours", 1, "ns")])));
            var earlier = document.RootElement.GetProperty("earlier");
            var figure = earlier.GetProperty("figures").EnumerateArray().Single();
            Assert.That(figure.GetProperty("name").GetString(), Is.EqualTo("a ours"));
            Assert.That(figure.GetProperty("was").GetDouble(), Is.EqualTo(10));
            Assert.That(figure.GetProperty("changePercent").GetDouble(), Is.EqualTo(25));
            Assert.That(earlier.GetProperty("otherMachines")[0].GetString(), Is.EqualTo("ba9876543210"));
            Assert.That(File.Exists(Path.Combine(folder, "0123456789ab.compare.json")), Is.True);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void RatesThatASearchTriedAreNoBaseline()
    {
        var folder = Directory.CreateTempSubdirectory("perf-baseline-").FullName;
        try
        {
            var report = SampleReport.Make();
            report = report with { Rates = [report.Rates[0] with { IsSearched = true }] };
            var text = File.ReadAllText(Of(report.Machine, folder).Save(LatencyTimes.Of(report)));
            Assert.That(text, Does.Contain("sample sustained, a message").And.Not.Contain("1000/s"));
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
            var file = Of(report.Machine, folder).Save(LatencyTimes.Of(report));
            File.WriteAllText(file, "{");
            Assert.That(
                () => Of(report.Machine, folder).Compare(LatencyTimes.Of(report)),
                Throws.TypeOf<PerfException>().With.Message.Contains(file));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static Baseline Of(MachineFacts machine, string folder) => Baseline.Of(machine, "latency", folder);
}

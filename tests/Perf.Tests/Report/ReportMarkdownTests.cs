using System.IO;
using System.Linq;
using LowLatencyQuoter.Perf.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Report;

[TestFixture]
internal sealed class ReportMarkdownTests
{
    [Test]
    public void EveryRateHasItsStagesAndTheSumItsAccounts()
    {
        var text = Written(SampleReport.Make(rates: [1_000, 5_000]));

        Assert.That(text, Does.Contain(
            "| offered/s | through/s | stage | p50 | p90 | p99 | p99.9 | p99.99 | max | GC 0/1/2 | bytes | lost |"));
        Assert.That(text, Does.Contain("|  |  | first | 1.00 |").And.Contain("| 5,000 | 5,000 | **sum** | 10.01 |"));
        Assert.That(text, Does.Match(@"\*\*sum\*\* \|( [\d.]+ \|){6} 0/0/0 \| 0 \| 0 \|"));
    }

    [Test]
    public void StallsAndConditionsStandBesideTheFigures()
    {
        var text = Written(SampleReport.Make(note: "a | b\nc"));

        Assert.That(text, Does.Contain("|  | before | spinner | 1 |").And.Contain("| 1,000 | during | spinner | 1 |"));
        Assert.That(text, Does.Contain(@"| note | a \| b c |"));
        Assert.That(
            text, Does.Contain("| processor | model x, virtual |").And.Contain("| stage sum | here -> there |"));
        Assert.That(text, Does.Contain("Saturation: 5,000 messages/s came through"));
    }

    [Test]
    public void EachTableHasRowsOfOneWidth()
    {
        var tables = Written(SampleReport.Make()).Split("\n\n")
            .Where(static part => part.StartsWith('|'))
            .Select(static part => part.TrimEnd().Split('\n').Select(static row => row.Split(" |").Length).Distinct());

        Assert.That(tables.Select(static widths => widths.Count()), Is.EqualTo(new[] { 1, 1, 1 }));
    }

    [Test]
    public void PhasesAreNamedBesideTheirRate() =>
        Assert.That(
            Written(SampleReport.WithPhases("first-cold", "first-warm")),
            Does.Contain("| 1,000 first-cold |").And.Contain("| 1,000 first-warm |"));

    private static string Written(LatencyReport report)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ReportMarkdown.Write(report, output);
        return output.ToString();
    }
}

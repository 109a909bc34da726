using LowLatencyQuoter.Server.Metrics;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Metrics;

public sealed class MetricTextTests
{
    [Test]
    public void SamplesStandUnderHelpAndType()
    {
        var text = new MetricText();
        text.Begin(MetricKind.Counter, "quoter_a_total", "Counts a.").Sample(3).Sample(4, ("venue", "kraken"));
        text.Begin(MetricKind.Gauge, "quoter_b", "Is b.").Sample(0.5, ("venue", "kraken"), ("side", "bid"));
        Assert.That(text.ToString(), Is.EqualTo(
            "# HELP quoter_a_total Counts a.\n# TYPE quoter_a_total counter\nquoter_a_total 3\n"
            + "quoter_a_total{venue=\"kraken\"} 4\n"
            + "# HELP quoter_b Is b.\n# TYPE quoter_b gauge\nquoter_b{venue=\"kraken\",side=\"bid\"} 0.5\n"));
    }

    [Test]
    public void LabelsAndHelpAreEscaped()
    {
        var text = new MetricText();
        text.Begin(MetricKind.Gauge, "quoter_a", "One \\ \"two\"\nthree.").Sample(1, ("symbol", "a\"b\\c\nd"));
        Assert.That(text.ToString(), Does.StartWith("# HELP quoter_a One \\\\ \"two\"\\nthree.\n"));
        Assert.That(text.ToString(), Does.EndWith("quoter_a{symbol=\"a\\\"b\\\\c\\nd\"} 1\n"));
    }

    [TestCase(double.PositiveInfinity, "+Inf")]
    [TestCase(double.NegativeInfinity, "-Inf")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(1e21, "1E+21")]
    [TestCase(-0.25, "-0.25")]
    public void NumbersAreSpelledAsPrometheusReadsThem(double value, string expected)
    {
        var text = new MetricText().Begin(MetricKind.Gauge, "quoter_a", "A.").Sample(value);
        Assert.That(text.ToString(), Does.EndWith($"quoter_a {expected}\n"));
    }

    [Test]
    public void AMetricBelongsToOneSource()
    {
        var text = new MetricText().Begin(MetricKind.Gauge, "quoter_a", "A.");
        Assert.That(
            () => text.Begin(MetricKind.Gauge, "quoter_a", "A."),
            Throws.InvalidOperationException.With.Message.EqualTo("metric quoter_a is written by two sources"));
    }
}

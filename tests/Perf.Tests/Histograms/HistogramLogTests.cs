using System;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Histograms;

/// <summary>The log's lines: header, times, tags, and what is wrong with a line.</summary>
[TestFixture]
internal sealed class HistogramLogTests
{
    private static readonly DateTimeOffset Start = new(2024, 2, 29, 13, 5, 9, 250, TimeSpan.Zero);

    [Test]
    public void HeaderIsTheKnownText()
    {
        using var text = new StringWriter();

        new HistogramLogWriter(text).WriteHeader(Start, relative: true);

        Assert.That(text.ToString(), Is.EqualTo("""
            #[Histogram log format version 1.3]
            #[BaseTime: 1709211909.250 (seconds since epoch)]
            #[StartTime: 1709211909.250 (seconds since epoch), Thu Feb 29 13:05:09 UTC 2024]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

            """));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void TimesComeBackAbsolute(bool relative)
    {
        using var text = new StringWriter();
        var writer = new HistogramLogWriter(text, maxUnit: 1_000);
        writer.WriteHeader(Start, relative);
        var start = relative ? 2.5 : (Start.ToUnixTimeMilliseconds() / 1000.0) + 2.5;
        writer.Write(Samples.Recorded(new HistogramLayout(1, 100_000, 3), [10, 1_999]), start, 0.25, "apply");

        var read = new HistogramLogReader(new StringReader(text.ToString())).ReadToEnd().Single();

        Assert.That(read.Tag, Is.EqualTo("apply"));
        Assert.That(read.StartSeconds, Is.EqualTo(1_709_211_911.75));
        Assert.That(read.LengthSeconds, Is.EqualTo(0.25));
        Assert.That(read.Max, Is.EqualTo(1.999));
        Assert.That(read.Histogram.TotalCount, Is.EqualTo(2));
    }

    [Test]
    public void TimesFarBeforeTheStartCountFromIt()
    {
        using var text = new StringWriter();
        var writer = new HistogramLogWriter(text);
        writer.WriteHeader(Start);
        writer.Write(new Histogram(1_000, 3), 2.5, 1);

        var read = new HistogramLogReader(new StringReader(text.ToString())).ReadToEnd().Single();

        Assert.That(read.StartSeconds, Is.EqualTo(1_709_211_911.75));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a,b")]
    [TestCase("a\nb")]
    public void ATagThatWouldBreakTheLineIsRefused(string tag)
    {
        using var text = new StringWriter();
        var writer = new HistogramLogWriter(text);

        Assert.That(() => writer.Write(new Histogram(1_000, 3), 0, 1, tag), Throws.ArgumentException);
        Assert.That(text.ToString(), Is.Empty);
    }

    [Test]
    public void ACommentOfTwoLinesIsRefused()
    {
        using var text = new StringWriter();

        Assert.That(() => new HistogramLogWriter(text).WriteComment("one\r2"), Throws.ArgumentException);
    }

    [TestCase("1,2,3", "line 2: an interval has")]
    [TestCase("x,2,3,AAAA", "line 2: the start 'x' is no number")]
    [TestCase("Tag=a,1,y,3,AAAA", "line 2: the length 'y' is no number")]
    [TestCase("1,2,3,*", "line 2: ")]
    [TestCase("1,2,3,AAAAAAAAAAAAAAAA", "line 2: no histogram in the V2 encoding")]
    [TestCase("#[StartTime: soon (seconds since epoch)", "line 2: the time 'soon' is no number")]
    public void AWrongLineIsNamedByItsNumber(string line, string said)
    {
        var reader = new HistogramLogReader(new StringReader("#comment\n" + line));

        Assert.That(
            () => reader.ReadToEnd().Count(), Throws.TypeOf<InvalidDataException>().With.Message.Contains(said));
    }

    [Test]
    public void TiesAreRoundedUpFromTheShortestForm()
    {
        Assert.That(FixedText.Format(1.005, 2), Is.EqualTo("1.01"));
        Assert.That(FixedText.Format(0.125, 2), Is.EqualTo("0.13"));
        Assert.That(FixedText.Format(1e22, 3), Is.EqualTo("10000000000000000000000.000"));
        Assert.That(FixedText.Format(1e-20, 12), Is.EqualTo("0.000000000000"));
    }
}

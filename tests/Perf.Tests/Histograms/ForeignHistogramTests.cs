using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Histograms;

/// <summary>Ours against the Java original: every figure to the last bit, every text to the letter.</summary>
[TestFixture]
[Category(Categories.Foreign)]
internal sealed class ForeignHistogramTests
{
    private const long StartMillis = 1_700_000_000_250;

    /// <summary>Beyond 16 digits Java before 19 prints more digits than the shortest form has.</summary>
    private const long MostDigitsAgreed = 10_000_000_000_000;
    private JavaProbe _java = null!;

    private static IEnumerable<HistogramLayout> Layouts =>
    [
        new(1, 3_600_000_000_000, 3),
        new(1, 2, 1),
        new(1, 1_000_000, 2),
        new(1000, 60_000_000_000, 3),
        new(7, 100_000, 4),
        new(1, 10_000_000, 5),
        new(1, long.MaxValue, 2),
        new(1L << 40, long.MaxValue, 3),
    ];

    [OneTimeSetUp]
    public void Compile() => _java = new JavaProbe();

    [OneTimeTearDown]
    public void Remove() => _java?.Dispose();

    [TestCaseSource(nameof(Layouts))]
    public void BucketsAreThoseOfTheOriginal(HistogramLayout layout)
    {
        var ours = new StringBuilder();
        for (var index = 0; index < layout.CountsLength; index++)
        {
            ours.Append(CultureInfo.InvariantCulture, $"{layout.LowestAt(index)} {layout.HighestAt(index)} ");
            ours.Append(CultureInfo.InvariantCulture, $"{layout.MedianAt(index)} {layout.WidthAt(index)}\n");
        }

        Assert.That(ours.ToString(), Is.EqualTo(_java.Ask(string.Empty, ["buckets", .. Arguments(layout)])));
    }

    [Test]
    public void TheOriginalReadsTheLogThatWeWrite()
    {
        var random = Seeded.Random();
        var expected = new StringBuilder();
        using var log = new StringWriter();
        var writer = new HistogramLogWriter(log);
        writer.WriteHeader(DateTimeOffset.FromUnixTimeMilliseconds(StartMillis));
        writer.WriteComment("[stages of one run]");
        foreach (var (layout, number) in Layouts.Select((layout, number) => (layout, number)))
        {
            var histogram = Samples.Recorded(
                layout, Samples.Latencies(random, 20_000, layout.Ceiling), expectedInterval: layout.Ceiling / 50);
            var tag = number % 2 == 0 ? $"stage-{number}" : null;
            var start = StartMillis + (number * 1_000);
            writer.Write(histogram, start / 1000.0, 1.5, tag);
            expected.Append(CultureInfo.InvariantCulture, $"{Figures.Of(histogram, tag, start, start + 1_500)}\n");
        }

        var file = _java.File("ours.hlog");
        File.WriteAllText(file, log.ToString());

        Assert.That(_java.Ask(string.Empty, "read", file), Is.EqualTo(expected.ToString()));
    }

    [TestCaseSource(nameof(Layouts))]
    public void WeReadTheLogThatTheOriginalWrites(HistogramLayout layout)
    {
        var values = Samples.Latencies(Seeded.Random(), 5_000, layout.Ceiling);
        var interval = Math.Max(layout.Ceiling / 100, 1);
        var file = _java.File("theirs.hlog");
        var figures = _java.Ask(
            string.Join('\n', values),
            ["record", file, "-", Text(interval), Text(StartMillis), Text(StartMillis + 2_000), .. Arguments(layout)]);
        using var reader = File.OpenText(file);
        var log = new HistogramLogReader(reader);

        var intervals = log.ReadToEnd().ToArray();

        Assert.That(intervals.Select(each => each.Tag), Is.EqualTo(new[] { null, "again" }));
        Assert.That(log.StartSeconds, Is.EqualTo(StartMillis / 1000.0));
        foreach (var each in intervals)
        {
            Assert.That(each.StartSeconds, Is.EqualTo(StartMillis / 1000.0));
            Assert.That(each.LengthSeconds, Is.EqualTo(2.0));
            var read = Figures.Of(each.Histogram, "again", StartMillis, StartMillis + 2_000);
            Assert.That(read + "\n", Is.EqualTo(figures));
        }

        var recorded = Figures.Of(
            Samples.Recorded(layout, values, interval), "again", StartMillis, StartMillis + 2_000);
        Assert.That(recorded + "\n", Is.EqualTo(figures), "the same values, corrected by us");
    }

    [TestCase(1.0, 5)]
    [TestCase(1_000.0, 1)]
    [TestCase(1_000.0, 20)]
    [TestCase(1_000_000.0, 5)]
    [TestCase(3.0, 7)]
    public void PercentileTextIsThatOfTheOriginal(double unit, int ticks)
    {
        var random = Seeded.Random();
        using var log = new StringWriter();
        using var text = new StringWriter();
        var writer = new HistogramLogWriter(log);
        foreach (var layout in Layouts)
        {
            foreach (var count in new[] { 0, 1, 30_000 })
            {
                if (count == 0 && layout.LowestDiscernible > 1)
                {
                    continue;   // the original prints the first bucket's end as the maximum of nothing, ours prints 0
                }

                var most = Math.Min(layout.Ceiling, MostDigitsAgreed);
                var histogram = Samples.Recorded(layout, Samples.Latencies(random, count, most));
                writer.Write(histogram, StartMillis / 1000.0, 1);
                PercentileText.Write(histogram, text, unit, ticks);
            }
        }

        var file = _java.File("text.hlog");
        File.WriteAllText(file, log.ToString());

        Assert.That(text.ToString(), Is.EqualTo(
            _java.Ask(string.Empty, "text", file, unit.ToString(CultureInfo.InvariantCulture), Text(ticks))));
    }

    private static string[] Arguments(in HistogramLayout layout) =>
        [Text(layout.LowestDiscernible), Text(layout.HighestTrackable), Text(layout.SignificantDigits)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

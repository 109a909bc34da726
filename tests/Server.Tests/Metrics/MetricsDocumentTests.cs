using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Metrics;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Metrics;

/// <summary>The metrics of a whole server, held to docs/metrics.md, deploy/ and a real Prometheus.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed partial class MetricsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md"));
    private string _folder = "";
    private QuoterHost _quoter = null!;
    private HttpClient _http = null!;

    /// <summary>With everything that has metrics.</summary>
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("quoter-metrics-").FullName;
        string[][] flags =
        [
            ["port", "0"], ["httpPort", "0"], ["runtime.warmUp", "off"], ["venues", "binance,kraken,bitstamp"],
            ["journal", Path.Combine(_folder, "journal")], ["record", Path.Combine(_folder, "record")],
        ];
        var options = OptionsLoader.Load(
            null, static _ => null, [.. flags.Select(static flag => (SettingTable.Find(flag[0])!, flag[1]))]);
        _quoter = await QuoterHost.StartAsync(options, NullLoggerFactory.Instance);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _quoter.WaitForQuoteAsync(patience.Token);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://{_quoter.HttpEndpoint}"),
        };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _http?.Dispose();
        if (_quoter is not null)
        {
            await _quoter.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task EachMetricIsDocumentedWithItsKindAndEachDocumentedOneIsServed()
    {
        var served = Types().Matches(await _http.GetStringAsync("/metrics"))
            .Select(static match => $"{match.Groups["name"].Value} {match.Groups["kind"].Value}");
        var documented = Rows().Matches(Document)
            .Select(static match => $"{match.Groups["name"].Value} {match.Groups["kind"].Value}").ToArray();

        Assert.That(documented, Has.Length.GreaterThan(80).And.Unique);
        Assert.That(served, Is.EquivalentTo(documented));
    }

    [Test]
    public async Task LabelsAreThoseOfTheDocument()
    {
        var documented = Rows().Matches(Document).ToDictionary(
            static match => match.Groups["name"].Value,
            static match => match.Groups["labels"].Value.Trim());
        foreach (Match sample in Samples().Matches(await _http.GetStringAsync("/metrics")))
        {
            var name = HistogramPart().Replace(sample.Groups["name"].Value, "");
            name = documented.ContainsKey(name) ? name : sample.Groups["name"].Value;
            var labels = Labels().Matches(sample.Groups["labels"].Value)
                .Select(static match => match.Groups["label"].Value).Where(static label => label != "le");
            Assert.That(string.Join(", ", labels), Is.EqualTo(documented[name]), name);
        }
    }

    [Test]
    public async Task TheMeterHasTheSameNumbers()
    {
        var measured = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, target) =>
        {
            if (instrument.Meter.Name == QuoterMeter.Name)
            {
                target.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
            measured[instrument.Name] = measured.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        listener.RecordObservableInstruments();

        var names = Rows().Matches(Document).Select(static match => match.Groups["name"].Value)
            .Where(static name => name != "quoter_e2e_latency_seconds").ToArray();
        Assert.That(measured["quoter_quotes_total"], Is.Positive);
        Assert.That(measured["quoter_feed_messages_total"], Is.Positive);
        Assert.That(measured["quoter_book_state"], Is.EqualTo(3), "each of the three books is in one state");
        Assert.That(measured["quoter_subscribers"], Is.Zero);
        Assert.That(measured.Keys.Where(static name => !name.Contains("e2e_latency_s")), Is.SubsetOf(names));
        await Eventually.That(
            () =>
            {
                listener.RecordObservableInstruments();
                return measured.ContainsKey("quoter_e2e_latency_seconds_bucket");
            },
            "latencies are measured");
    }

    [Test]
    [Category(Categories.Foreign)]
    public async Task ARealPrometheusScrapesAndAnswers()
    {
        Prometheus.Require();
        await using var prometheus = await Prometheus.StartAsync(_quoter.HttpEndpoint);

        Assert.That(await prometheus.QueryAsync("up{job=\"quoter\"}", static value => value == 1), Is.EqualTo(1));
        await prometheus.QueryAsync("sum(quoter_book_state{state=\"live\"})", static value => value == 3);
        await prometheus.QueryAsync("count(quoter_feed_messages_total)", static value => value == 3);
        await prometheus.QueryAsync("rate(quoter_quotes_total{instrument=\"BTC/USDT\"}[10s])", static rate => rate > 0);
        await prometheus.QueryAsync(
            "histogram_quantile(0.99, sum by (le) (rate(quoter_e2e_latency_seconds_bucket[10s])))",
            static seconds => seconds > 0);
    }

    [Test]
    [Category(Categories.Foreign)]
    public async Task PromtoolFindsNoFaultInThePageAndTheRules()
    {
        Prometheus.Require();
        var page = await _http.GetStringAsync("/metrics");
        var (exit, output) = await Prometheus.PromtoolAsync(page, "check", "metrics");
        Assert.That(exit, Is.AnyOf(0, 3), output);   // 3: remarks on style, such as abbreviations
        Assert.That(output, Does.Not.Contain("error"));
        foreach (var arguments in (string[][])
            [
                ["check", "rules", "alerts.yml"],
                ["check", "config", "prometheus.yml"],
                ["test", "rules", "alerts-test.yml"],
            ])
        {
            (exit, output) = await Prometheus.PromtoolAsync("", arguments);
            Assert.That(exit, Is.Zero, output);
        }
    }

    [TestCase("alerts.yml")]
    [TestCase("grafana-dashboard.json")]
    public void DeployNamesWhatThereIs(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", file));
        var documented = Rows().Matches(Document).Select(static match => match.Groups["name"].Value).ToHashSet();
        var used = Names().Matches(text).Select(static match => match.Value)
            .Select(name => documented.Contains(name) ? name : HistogramPart().Replace(name, "")).Distinct().ToArray();

        Assert.That(used, Has.Length.GreaterThan(8));
        Assert.That(used, Is.SubsetOf(documented));
    }

    [Test]
    public void TheDashboardIsAWholeOne()
    {
        using var dashboard = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana-dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToArray();

        Assert.That(panels, Has.Length.GreaterThan(10));
        Assert.That(panels.Select(static panel => panel.GetProperty("id").GetInt32()), Is.Unique);
        Assert.That(
            panels.Select(static panel => panel.GetProperty("targets")[0].GetProperty("expr").GetString()),
            Has.All.Not.Empty);
        Assert.That(panels.Select(static panel => panel.GetProperty("type").GetString()), Does.Contain("heatmap"));
    }

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<kind>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Types();

    [GeneratedRegex(@"^\| `(?<name>quoter_\w+)` \| (?<kind>\w+) \|(?<labels>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("^(?<name>quoter_[a-z0-9_]+)(\\{(?<labels>.*)\\})? [^ ]+$", RegexOptions.Multiline)]
    private static partial Regex Samples();

    [GeneratedRegex("(?<label>[a-z]+)=\"([^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Labels();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex("quoter_[a-z0-9_]+")]
    private static partial Regex Names();
}

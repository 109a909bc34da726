using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Metrics;

[Category(Categories.Loopback)]
public sealed partial class ScrapeTests
{
    private const string Kraken = "{venue=\"kraken\",symbol=\"BTCUSDT\"}";
    private const string State = "quoter_book_state{venue=\"";
    private QuoterHarness _quoter = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _quoter = await QuoterHarness.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _quoter.HttpAddress };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _quoter.DisposeAsync();
    }

    [Test]
    public async Task NumbersAreThoseOfTheEngine()
    {
        _quoter.Market.GoLive(2, depth: 7);
        _quoter.Market.Set(2, Side.Bid, TestMarket.Mid - 1, 5);
        _quoter.Clock.Nanos += 1_500_000_000;
        var samples = await ScrapeAsync();
        Assert.That(samples[State + "kraken\",symbol=\"BTCUSDT\",state=\"live\"}"], Is.EqualTo(1));
        Assert.That(samples[State + "kraken\",symbol=\"BTCUSDT\",state=\"gapped\"}"], Is.Zero);
        Assert.That(samples[State + "binance\",symbol=\"BTCUSDT\",state=\"disconnected\"}"], Is.EqualTo(1));
        Assert.That(samples["quoter_book_age_seconds" + Kraken], Is.EqualTo(1.5));
        Assert.That(samples, Does.Not.ContainKey("quoter_book_age_seconds{venue=\"binance\",symbol=\"BTCUSDT\"}"));
        Assert.That(samples["quoter_book_snapshots_total" + Kraken], Is.EqualTo(1));
        Assert.That(samples["quoter_book_updates_total" + Kraken], Is.EqualTo(1));
        Assert.That(samples["quoter_book_levels{venue=\"kraken\",symbol=\"BTCUSDT\",side=\"bid\"}"], Is.EqualTo(8));
        Assert.That(samples["quoter_book_levels{venue=\"kraken\",symbol=\"BTCUSDT\",side=\"ask\"}"], Is.EqualTo(7));
        var quotes = _quoter.Pipeline.Quotes[0].Cursor + 1;
        Assert.That(samples["quoter_quotes_total{instrument=\"BTC/USDT\"}"], Is.EqualTo(quotes));
        Assert.That(samples["quoter_quotes_total{instrument=\"ETH/USDT\"}"], Is.Zero);
        Assert.That(samples["quoter_engine_events_total"], Is.EqualTo(3));
        Assert.That(samples["quoter_process_working_set_bytes"], Is.Positive);
    }

    [Test]
    public async Task LatenciesAreAHistogramByVenue()
    {
        _quoter.Market.GoLive(2);
        _quoter.Figures.Look();
        var before = (await ScrapeAsync())["quoter_e2e_latency_seconds_count{venue=\"kraken\"}"];
        _quoter.Market.Set(2, Side.Bid, TestMarket.Mid - 1, 5);
        _quoter.Figures.Look();
        var samples = await ScrapeAsync();
        Assert.That(samples["quoter_e2e_latency_seconds_count{venue=\"kraken\"}"], Is.EqualTo(before + 1));
        Assert.That(
            samples["quoter_e2e_latency_seconds_bucket{venue=\"kraken\",le=\"+Inf\"}"], Is.EqualTo(before + 1));
        Assert.That(samples["quoter_e2e_latency_seconds_bucket{venue=\"kraken\",le=\"2.5E-06\"}"], Is.Positive);
        Assert.That(samples["quoter_e2e_latency_unsampled_total"], Is.Zero);
    }

    [Test]
    public async Task StreamsAreCounted()
    {
        _quoter.Market.GoLive(2);
        using var client = _quoter.Client();
        using (var call = await client.SubscribeAsync())
        {
            await call.ReadAsync();
            var samples = await ScrapeAsync();
            Assert.That(samples["quoter_subscribers"], Is.EqualTo(1));
            Assert.That(samples["quoter_messages_sent_total"], Is.EqualTo(1));
        }

        await Eventually.That(() => _quoter.Publisher.Counters.Subscribers == 0, "no subscriber is left");
        Assert.That((await ScrapeAsync())["quoter_subscribers"], Is.Zero);
    }

    /// <summary>
    /// Reads the page as strictly as Prometheus does: each sample under its own HELP and TYPE, none twice.
    /// </summary>
    private async Task<Dictionary<string, double>> ScrapeAsync()
    {
        using var response = await _http.GetAsync("/metrics");
        Assert.That(
            response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.EndWith("\n"));
        var samples = new Dictionary<string, double>();
        var types = new HashSet<string>();
        var (helped, typed) = (string.Empty, string.Empty);
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                helped = line.Split(' ')[2];
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                typed = line.Split(' ')[2];
                Assert.That(typed, Is.EqualTo(helped));
                Assert.That(types.Add(typed), Is.True, $"{typed} begins twice");
                var kind = typed.EndsWith("_total", StringComparison.Ordinal) ? "counter"
                    : typed == "quoter_e2e_latency_seconds" ? "histogram"
                    : "gauge";
                Assert.That(line, Does.EndWith(" " + kind));
            }
            else
            {
                var sample = Sample().Match(line);
                Assert.That(sample.Success, Is.True, line);
                Assert.That(HistogramPart().Replace(sample.Groups["name"].Value, string.Empty), Is.EqualTo(typed));
                var value = double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture);
                samples.Add(sample.Groups["series"].Value, value);
            }
        }

        return samples;
    }

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex(
        """^(?<series>(?<name>quoter_[a-z0-9_]+)(\{([a-z]+="([^"\\\n]|\\["\\n])*",?)+\})?) (?<value>[^ ]+)$""")]
    private static partial Regex Sample();
}

using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Feeds.Live;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>
/// A connection to several venues of one exchange, each with an engine of its own, all at the same time.
/// </summary>
internal sealed class VenueBenches : IDisposable
{
    /// <summary>Every venue with a pair that it lists.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "binance", "bitstamp", "coinbase", "coinbase_advanced", "kraken", "okx", "bybit", "kucoin", "gateio",
        "bitfinex", "cryptocom",
    ];

    private readonly ExchangeHost _exchange;
    private readonly Dictionary<string, LiveBench> _benches = [];

    public VenueBenches(
        ExchangeHost exchange,
        IEnumerable<string> venues,
        Func<ConnectionOptions, ConnectionOptions> configure)
    {
        _exchange = exchange;
        foreach (var venue in venues)
        {
            _benches.Add(venue, LiveBench.To(exchange, venue, PairOf(venue), configure));
        }
    }

    public LiveBench this[string venue] => _benches[venue];

    /// <summary>Waits until something is true of all venues.</summary>
    public void Until(Func<string, LiveBench, bool> condition, string what)
    {
        foreach (var (venue, bench) in _benches)
        {
            bench.Until(() => condition(venue, bench), $"{venue}: {what}");
        }
    }

    /// <summary>Waits until all books are live; from then on they have to stay so.</summary>
    public void BecomeLive()
    {
        Until(static (_, bench) => bench.IsLive, "a live book");
        foreach (var (venue, bench) in _benches)
        {
            TestContext.Out.WriteLine($"{venue}:{bench.StateChanges}");
        }
    }

    /// <summary>Every book stayed live since it became so.</summary>
    public void AssertNoStateChanged() => Assert.Multiple(() =>
    {
        foreach (var (venue, bench) in _benches)
        {
            Assert.That(bench.StateChanges, Is.Empty, $"{venue}\n{bench.Log}");
        }
    });

    /// <summary>
    /// The market stands still: every quote becomes what a connection that begins now gets from the venue.
    /// </summary>
    public void AssertEqualToTheVenues()
    {
        _exchange.StandStill();
        using var fresh = new VenueBenches(_exchange, _benches.Keys.ToList(), static options => options);
        foreach (var (venue, bench) in _benches)
        {
            var other = fresh[venue];
            bench.Until(
                () => other.IsLive && other.Rows.Length > 40 && bench.Rows == other.Rows,
                $"{venue}: equality with the venue's own book {other.Rows}, not {bench.Rows}:");
        }
    }

    public void Dispose()
    {
        foreach (var bench in _benches.Values)
        {
            bench.Dispose();
        }
    }

    private static string PairOf(string venue) =>
        venue is "bitstamp" or "coinbase" or "coinbase_advanced" or "kraken" ? "BTC/USD" : "BTC/USDT";
}

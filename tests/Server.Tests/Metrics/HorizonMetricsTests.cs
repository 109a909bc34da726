using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Metrics;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Metrics;

public sealed class HorizonMetricsTests
{
    [Test]
    public void HorizonIsToldOfEachSideThatHasOne()
    {
        var limited = new BookDefinition { Venue = "binance", Symbol = "A", Instrument = 0, SnapshotLevels = 1_000 };
        var table = new BookTable(["A"], [limited, limited with { Venue = "kraken", SnapshotLevels = 0 }]);
        var status = table.Statuses[0];
        (status.BidHorizon, status.HorizonScale, status.KnownBids) = (9_650, 2, 700);
        (status.ReseedsWanted, status.Reseeds, status.HorizonsReached) = (3, 2, 1);
        var text = new MetricText();

        new HorizonMetrics(table).Write(text);

        var labels = "{venue=\"binance\",symbol=\"A\"";
        var lines = text.ToString();
        Assert.Multiple(() =>
        {
            Assert.That(lines, Does.Contain($"quoter_book_horizon_price{labels},side=\"bid\"}} 96.5\n"));
            Assert.That(lines, Does.Contain($"quoter_book_horizon_levels{labels},side=\"bid\"}} 700\n"));
            Assert.That(lines, Does.Contain($"quoter_book_reseeds_wanted_total{labels}}} 3\n"));
            Assert.That(lines, Does.Contain($"quoter_book_reseeds_total{labels}}} 2\n"));
            Assert.That(lines, Does.Contain($"quoter_book_horizons_reached_total{labels}}} 1\n"));
            Assert.That(lines, Does.Not.Contain("side=\"ask\"").And.Not.Contain("kraken"));
        });
    }
}

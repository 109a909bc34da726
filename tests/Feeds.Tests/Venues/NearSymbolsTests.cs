using LowLatencyQuoter.Feeds.Venues;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Venues;

public sealed class NearSymbolsTests
{
    private static readonly string[] Listed = ["BTCUSDT", "BTCUSDC", "BTC-USD", "ETHUSDT", "ETHBTC", "DOGEUSDT"];

    [TestCase("btc-usdt", new[] { "BTCUSDT", "BTC-USD", "BTCUSDC" })]
    [TestCase("BTC_USD", new[] { "BTC-USD", "BTCUSDC", "BTCUSDT" })]
    [TestCase("ETHUSTD", new[] { "ETHUSDT" })]
    [TestCase("DOGEUSD", new[] { "DOGEUSDT" })]
    [TestCase("SOLUSDT", new string[0])]
    [TestCase("", new string[0])]
    public void FewestChangesComeFirst(string symbol, string[] expected) =>
        Assert.That(NearSymbols.Of(symbol, Listed), Is.EqualTo(expected));

    [Test]
    public void NothingListedMeansNothingNear() => Assert.That(NearSymbols.Of("BTCUSDT", []), Is.Empty);
}

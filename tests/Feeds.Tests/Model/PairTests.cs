using System;
using LowLatencyQuoter.Feeds.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Model;

public sealed class PairTests
{
    [TestCase("BTC/USDT", "BTC/USDT")]
    [TestCase("btc-usdt", "BTC/USDT")]
    [TestCase("XBT/USD", "BTC/USD")]
    [TestCase("xdg/xbt", "DOGE/BTC")]
    [TestCase("BTC/UST", "BTC/USDT")]
    [TestCase("1INCH/USD", "1INCH/USD")]
    [TestCase("BTC/USDC", "BTC/USDC")]
    public void PairIsReadInTheCommonSpelling(string text, string expected) =>
        Assert.That(Pair.Parse(text).ToString(), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("BTC")]
    [TestCase("BTCUSDT")]
    [TestCase("BTC/")]
    [TestCase("/USD")]
    [TestCase("BTC/USD/EUR")]
    [TestCase("BTC_USD")]
    [TestCase("B/USD")]
    [TestCase("BTC/US D")]
    [TestCase("BTC/\u20acUR")]
    [TestCase("ABCDEFGHIJKLM/USD")]
    public void AnythingElseIsRefusedByName(string text) =>
        Assert.That(() => Pair.Parse(text), Throws.TypeOf<FormatException>().With.Message.StartsWith($"'{text}' "));

    [Test]
    public void DollarsAreNeverMixed()
    {
        foreach (var asset in new[] { "USD", "USDT", "USDC", "EUR", "BTC", "WBTC", "ETH" })
        {
            Assert.That(AssetAliases.Common(asset), Is.EqualTo(asset));
            Assert.That(AssetAliases.Common(asset.ToLowerInvariant()), Is.EqualTo(asset));
        }
    }
}

using LowLatencyQuoter.Server.Page;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Page;

public sealed class MessageRatesTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void TheRateIsThatOfTheLastFiveSeconds()
    {
        var rates = new MessageRates();
        for (var second = 1; second <= 20; second++)
        {
            var count = second <= 10 ? second : 10 + ((second - 10) * 7);
            rates.Note(second * Second, () => [("kraken", count)]);
        }

        Assert.That(rates.Of("kraken"), Is.EqualTo(7));
    }

    [Test]
    public void OneNoteIsNoRate()
    {
        var rates = new MessageRates();
        rates.Note(Second, static () => [("kraken", 5)]);
        rates.Note(Second + 1, static () => [("kraken", 9)]);

        Assert.That(rates.Of("kraken"), Is.Null);
        Assert.That(rates.Of("binance"), Is.Null);
    }

    [Test]
    public void ACountThatFellBeginsAnew()
    {
        var rates = new MessageRates();
        rates.Note(1 * Second, static () => [("kraken", 500)]);
        rates.Note(2 * Second, static () => [("kraken", 600)]);
        rates.Note(3 * Second, static () => [("kraken", 0)]);
        rates.Note(4 * Second, static () => [("kraken", 30)]);

        Assert.That(rates.Of("kraken"), Is.EqualTo(30));
    }
}

using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using NUnit.Framework;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>
/// One symbol that its venue forgets while the others of the socket go on, and days without a change.
/// </summary>
public sealed class SilentSymbolTests
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;
    private static readonly LinkFaults Faultless = new() { LatencyNanos = 5_000_000, JitterNanos = 1_000_000 };

    /// <summary>
    /// Books of the simulated market change many times a second: their cadence is the least, a second.
    /// </summary>
    [TestCase("coinbase")]
    [TestCase("coinbase_advanced")]
    [TestCase("kraken")]
    [TestCase("okx")]
    [TestCase("bybit")]
    [TestCase("gateio")]
    [TestCase("bitfinex")]
    [TestCase("cryptocom")]
    public void ForgottenSymbolIsServedAgainWithinThreeCadences(string venue)
    {
        using var day = new SimulatedDay(PlanOf(venue), null);
        var (dead, alive) = (day.Books[0], day.Books[1]);
        Assert.That(day.Lives(20 * Second, () => dead.Status.Updates > 100 && alive.Status.Updates > 100), Is.True);
        var connects = dead.Link.Connection.Counters.Connects;
        day.Forget(dead);
        Assert.That(day.Lives(Second / 5, static () => false), Is.False);   // what was on its way
        var (updates, faults) = (dead.Status.Updates, alive.Status.LastFault);

        Assert.That(day.Lives(3 * Second, () => dead.Status.Updates > updates), Is.True, "it is served again");
        Assert.That(day.Lives(5 * Second, () => day.IsVenues(dead)), Is.True, "the venue's book");
        Assert.Multiple(() =>
        {
            Assert.That(dead.Link.Connection.Counters.SilenceProbes, Is.EqualTo(1));
            Assert.That(dead.Link.Connection.Counters.Connects, Is.EqualTo(connects), "the socket was not the fault");
            Assert.That(alive.Status.LastFault, Is.EqualTo(faults));
            Assert.That(alive.Status.Snapshots, Is.EqualTo(1), "the other symbol notices nothing");
        });
    }

    [TestCase("coinbase")]
    [TestCase("coinbase_advanced")]
    [TestCase("kraken")]
    [TestCase("okx")]
    [TestCase("bybit")]
    [TestCase("gateio")]
    [TestCase("bitfinex")]
    [TestCase("cryptocom")]
    public void DayOfQuietRaisesNoAlarm(string venue)
    {
        using var day = new SimulatedDay(PlanOf(venue), null);
        var books = day.Books;
        Assert.That(day.Lives(20 * Second, () => books.All(static book => book.Status.Updates > 100)), Is.True);
        day.IsQuiet = true;
        day.PaceNanos = Second / 2;
        var lost = day.Lives(Day, () => books.Any(static book => book.Status.State != BookState.Live));

        var counters = books[0].Link.Connection.Counters;
        Assert.Multiple(() =>
        {
            Assert.That(lost, Is.False, "a book left the quote");
            Assert.That(counters.SilentBooks, Is.Zero);
            Assert.That(counters.Connects, Is.EqualTo(1));
            Assert.That(counters.SilenceProbes, Is.LessThan(60), "questions of two books");
            Assert.That(books.Select(static book => (FaultCode)book.Status.LastFault), Is.All.EqualTo(FaultCode.None));
        });
    }

    private static DayPlan PlanOf(string venue) => new()
    {
        Seed = 7,
        Venues = [(venue, venue == "okx" ? 400 : 0, Faultless)],
        Instruments = ["BTC/USDT", "ETH/USDT"],
        LaneCapacity = 1_024,
        FullLane = FullLanePolicy.Wait,
        EngineStallsPerSecond = 0,
        FaultNanos = 0,
    };
}

using System.Linq;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Membership;

public sealed class StartCheckTests
{
    private static readonly Pair Bitcoin = new("BTC", "USDT");
    private static readonly Pair Mistaken = new("BTC", "USTD");

    [Test]
    public void NamedVenueThatDoesNotListTheInstrumentIsAnErrorWithNearMatches() =>
        Assert.That(
            () => StartCheck.Make(Options("BTC/USDT,BTC/USTD", "binance,kraken"), Lists("BTCUSDT", "BTC/USDT")),
            Throws.InstanceOf<OptionsException>().With.Message.EqualTo(
                "instruments: binance does not list BTC/USTD (BTCUSTD there); did you mean BTCUSDT? kraken does not "
                + "list BTC/USTD (BTC/USTD there); did you mean BTC/USDT? Correct the instrument, or leave binance "
                + "and kraken out of venues."));

    [Test]
    public void OfAllVenuesThoseThatDoNotListItAreLeftOut()
    {
        var check = StartCheck.Make(
            Options("BTC/USDT", "binance,kraken") with { AllVenues = true }, Lists("BTCUSDT", "ETH/USDT"));

        Assert.That(check.Takes(Bitcoin, 0), Is.True);
        Assert.That(check.Takes(Bitcoin, 1), Is.False);
        Assert.That(check.LeftOut.Select(static left => left.Venue), Is.EqualTo(new[] { "kraken" }));
    }

    [Test]
    public void OneOfAllVenuesMustListIt() =>
        Assert.That(
            () => StartCheck.Make(
                Options("BTC/USTD", "binance,kraken") with { AllVenues = true }, Lists("BTCUSDT", "BTC/USDT")),
            Throws.InstanceOf<OptionsException>().With.Message.StartsWith("instruments: no venue lists BTC/USTD: "));

    [Test]
    public void UnknownListSpeaksAgainstNothing()
    {
        var check = StartCheck.Make(
            Options("BTC/USTD", "binance,kraken") with { AllVenues = true }, Lists("BTCUSDT", null));

        Assert.That(check.Takes(Mistaken, 0), Is.False);
        Assert.That(check.Takes(Mistaken, 1), Is.True);
    }

    private static QuoterOptions Options(string instruments, string venues) =>
        RosterHarness.Load(venues, instruments, null);

    private static VenueListing[] Lists(params string?[] symbols)
    {
        string[] names = ["binance", "kraken"];
        return
        [
            .. symbols.Select((symbol, index) =>
            {
                VenueRegistry.TryFind(names[index], out var venue);
                var list = symbol is null ? null : new DeclaredInstruments([], [new Precision(symbol, 2, 5)]);
                return new VenueListing(venue, list, "silent");
            }),
        ];
    }
}

using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Text;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Samples;

/// <summary>A made-up day of each venue, taken as a real one: its purpose is that nothing is left out.</summary>
public sealed class SampleDayTests
{
    private static IEnumerable<string> Venues => VenueRegistry.All.Select(static venue => venue.Profile.Name);

    [TestCaseSource(nameof(Venues))]
    public void ADayTakesTheBookThroughEverything(string name) => Play(name, wholeBooks: false);

    [Test]
    public void WholeBooksAreADayToo() => Play("bitstamp", wholeBooks: true);

    [TestCase(VenueStream.Sbe)]
    [TestCase(VenueStream.Partial)]
    public void OtherStreamsAreADayToo(VenueStream stream) =>
        Play("binance", wholeBooks: stream == VenueStream.Partial, stream);

    [TestCaseSource(nameof(Venues))]
    public void TheSameDayIsWrittenEachTime(string name)
    {
        VenueRegistry.TryFind(name, out var venue);
        var first = SampleDay.Write(venue.Samples, Define(venue, wholeBooks: false));
        var second = SampleDay.Write(venue.Samples, Define(venue, wholeBooks: false));

        Assert.That(
            first.Steps.Select(static step => (step.IsRestSnapshot, Text: step.Bytes)),
            Is.EqualTo(second.Steps.Select(static step => (step.IsRestSnapshot, Text: step.Bytes))));
    }

    private static void Play(string name, bool wholeBooks, VenueStream stream = VenueStream.Json)
    {
        VenueRegistry.TryFind(name, stream, out var venue);
        var definition = Define(venue, wholeBooks);
        using var pipeline = new QuoterPipeline<MonotonicClock>(
            new BookTable(["BTC/USDT"], [definition]),
            new PipelineOptions { Lanes = 1, EngineSleeps = false, PublisherSleeps = false },
            default);
        var decoder = new DepthDecoder(
            pipeline.Lanes[0],
            new SymbolDirectory([new KeyValuePair<string, int>(definition.Symbol, 0)]),
            1,
            venue.Profile.ScaleSource,
            FullLanePolicy.DropAndFault);
        var intake = venue.MakeIntake(decoder, [0]);
        intake.Declare(0, 2, 5);
        var status = pipeline.Table.Statuses[0];
        intake.Announce(EventKind.Connecting, FaultCode.None, 1);
        intake.Announce(EventKind.Subscribed, FaultCode.None, 1);
        foreach (var step in SampleDay.Write(venue.Samples, definition).Steps)
        {
            var outcome = step.IsRestSnapshot
                ? intake.OnSnapshot(0, step.Bytes, 2)
                : intake.OnFrame(step.Bytes, 2);
            Assert.That(outcome.Fault, Is.AnyOf(FaultCode.None, FaultCode.MalformedMessage));
            while (pipeline.DoWork() != 0)
            {
            }
        }

        Assert.That(status.State, Is.EqualTo(BookState.Live), "the day ends well");
        Assert.That(intake.Counters.DecodeErrors, Is.EqualTo(1), "the frame that is cut off, and no other");
        Assert.That(intake.Counters.GeneralFrames, Is.GreaterThan(stream == VenueStream.Sbe ? 1 : 10));
        Assert.That(status.Faults, Is.Positive);
        Assert.That(status.Snapshots, Is.GreaterThan(1));
        Assert.That(pipeline.Quotes[0].Cursor, Is.GreaterThan(60));
        if (!wholeBooks)
        {
            // Binary levels are read without vectors.
            var hasUsual = DigitPair.IsSupported || stream == VenueStream.Sbe;
            Assert.That(intake.Counters.UsualFrames, hasUsual ? Is.GreaterThan(80) : Is.Zero);
            Assert.That(status.Updates, Is.GreaterThan(80));
            Assert.That(status.Widened, Is.Positive);
        }

        if (definition.ChainRule is not (ChainRule.None or ChainRule.Rising) || venue.Profile.NumbersMessages)
        {
            Assert.That(status.Gaps, Is.Positive);
        }

        var canReseed = definition.SnapshotLevels != 0 && definition.SnapshotSource == SnapshotSource.Rest;
        Assert.That(status.Reseeds, canReseed ? Is.Positive : Is.Zero);
        if (definition.ChecksumPolicy == ChecksumPolicy.Enforce)
        {
            Assert.That(status.ChecksumsChecked - status.ChecksumsMatched, Is.EqualTo(1), "the one that is made wrong");
            Assert.That(status.ChecksumsMatched, Is.GreaterThan(80));
        }
    }

    private static BookDefinition Define(IVenue venue, bool wholeBooks)
    {
        var subscription = new SubscriptionOptions { WholeBooks = wholeBooks };
        return new BookDefinition
        {
            Venue = venue.Profile.Name,
            Symbol = venue.SymbolOf(Pair.Parse("BTC/USDT")),
            Instrument = 0,
            ChainRule = venue.Profile.ChainRule,
            SnapshotSource = venue.SourceOf(subscription),
            WindowLevels = venue.WindowOf(subscription),
            SnapshotLevels = venue.SnapshotLevelsOf(subscription),
            ChecksumPolicy = venue.Profile.ChecksumPolicy,
        };
    }
}

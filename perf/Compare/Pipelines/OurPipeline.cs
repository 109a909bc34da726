using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Feeds;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues.Binance;
using LowLatencyQuoter.Perf.Compare.Decoding;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>
/// The product's path with ten venues of one instrument, each with a lane of its own, at its usual sizes.
/// </summary>
internal sealed class OurPipeline : IDisposable
{
    /// <summary>Venues of the instrument.</summary>
    public const int VenueCount = 10;

    private readonly TickFrames[] _venues = new TickFrames[VenueCount];
    private readonly FrameIntake<BinanceDialect>[] _intakes = new FrameIntake<BinanceDialect>[VenueCount];
    private readonly QuoterPipeline<MonotonicClock> _pipeline;
    private int _next;

    /// <summary>Makes the books live.</summary>
    public OurPipeline()
    {
        var definitions = new List<BookDefinition>();
        for (var venue = 0; venue < VenueCount; venue++)
        {
            _venues[venue] = new TickFrames(venue);
            definitions.Add(new BookDefinition
            {
                Venue = $"v{venue}",
                Symbol = VenueText.BinanceSymbol,
                Instrument = 0,
                ChainRule = ChainRule.Contiguous,
                SnapshotSource = SnapshotSource.Rest,
            });
        }

        var options = new PipelineOptions { Lanes = VenueCount, EngineSleeps = false, PublisherSleeps = false };
        _pipeline = new QuoterPipeline<MonotonicClock>(new BookTable(["BTC/USDT"], definitions), options, default);
        for (var venue = 0; venue < VenueCount; venue++)
        {
            GoLive(venue);
        }

        Quote = new QuoteReader(_pipeline.Quotes[0]);
    }

    /// <summary>Events the engine has handled.</summary>
    public long EventCount => _pipeline.EventCount;

    /// <summary>Quotes published.</summary>
    public long QuoteCount => _pipeline.Quotes[0].Cursor + 1;

    /// <summary>For whoever looks at the quotes.</summary>
    public QuoteReader Quote { get; }

    /// <summary>Reader thread: takes the next frame of the next venue.</summary>
    public void Decode()
    {
        _intakes[_next].OnFrame(_venues[_next].Next(), MonotonicClock.Nanos());
        _next = _next + 1 == VenueCount ? 0 : _next + 1;
    }

    /// <summary>Engine thread: handles what is there.</summary>
    public int Handle() => _pipeline.DoWork();

    /// <summary>Throws when a book is not what the recording makes it.</summary>
    public void Verify()
    {
        for (var venue = 0; venue < VenueCount; venue++)
        {
            var status = _pipeline.Table.Statuses[venue];
            if (status.State != BookState.Live || status.Gaps != 0 || _intakes[venue].Counters.GeneralFrames != 0)
            {
                throw new ComparisonException(
                    $"venue {venue} is {status.State} after {status.Gaps} gaps and "
                    + $"{_intakes[venue].Counters.GeneralFrames} unusual frames");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();

    private void GoLive(int venue)
    {
        var directory = new SymbolDirectory([new KeyValuePair<string, int>(VenueText.BinanceSymbol, venue)]);
        var decoder = new DepthDecoder(
            _pipeline.Lanes[venue], directory, VenueCount, BinanceDialect.Profile.ScaleSource, FullLanePolicy.Wait)
        {
            StampsDecoding = true,
        };
        var intake = new FrameIntake<BinanceDialect>(decoder, [venue]);
        intake.Declare(venue, 2, 5);
        intake.Announce(EventKind.Connecting, FaultCode.None, MonotonicClock.Nanos());
        intake.Announce(EventKind.Subscribed, FaultCode.None, MonotonicClock.Nanos());
        intake.OnSnapshot(venue, _venues[venue].Snapshot, MonotonicClock.Nanos());
        _intakes[venue] = intake;
        while (_pipeline.DoWork() != 0)
        {
        }
    }
}

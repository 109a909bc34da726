using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// How books pass from the link that stood by to the engine, where a venue's sockets cannot be compared message by
/// message: each as a snapshot that replaces the engine's in one step, behind everything that the leader has brought.
/// From then on the engine hears the other link. It takes as long as the lane has no room; neither link is read in that
/// time.
/// </content>
public sealed partial class LinkedConnection<TDialect>
{
    private readonly StandbyBooks?[] _standby = new StandbyBooks?[2];
    private VenueConnection<TDialect>? _giving;
    private int _handOverNext;

    private bool IsHandingOver => _giving is not null;

    /// <summary>
    /// A link's socket is gone: true while its books pass to the other link, false when there is nothing to pass, or no
    /// longer.
    /// </summary>
    internal bool IsTakingOverFrom(VenueConnection<TDialect> link)
    {
        if (_second is null || link != _leader || _stopping)
        {
            return false;
        }

        var other = OtherThan(link);
        if (!other.IsServing)
        {
            return false;
        }

        if (SharesUpdateIds)
        {
            _leader = other;
            return false;   // both have told the gate all along
        }

        if (!IsHandingOver)
        {
            BeginHandOver(link, other, _linksLookedNanos);
        }

        return IsHandingOver;
    }

    private void BeginHandOver(VenueConnection<TDialect> from, VenueConnection<TDialect> to, long nanos)
    {
        to.Decoder.TurnTo(_lane);
        _giving = from;
        _handOverNext = 0;
        GoOnHandingOver(nanos);
    }

    private void GoOnHandingOver(long nanos)
    {
        var taking = OtherThan(_giving!);
        for (; _handOverNext < _books.Length; _handOverNext++)
        {
            if (!TryHandOver(taking, _books[_handOverNext]))
            {
                return;
            }
        }

        var giving = _giving!;
        _giving = null;
        _handedOverNanos = nanos;
        _leader = taking;
        taking.Serve(_lane, _statuses);
        taking.ExpectHandedOver(nanos);
        giving.Serve(StandbyOf(giving).Lane, StandbyOf(giving).Statuses);
        Log.Replaced(_log, Venue, _books.Length);
        giving.Retire(comesBack: _isDouble, nanos);
    }

    /// <summary>False while there is no room.</summary>
    private bool TryHandOver(VenueConnection<TDialect> taking, int book)
    {
        var books = StandbyOf(taking);
        var status = books.Statuses[book];
        if (status.State == BookState.Live)
        {
            if (!taking.Decoder.HasRoomForLevels((int)(status.BidLevels + status.AskLevels)))
            {
                return false;
            }

            if (HandedOverBook.TryWrite(taking.Decoder, book, books.CopyOf(book), status))
            {
                return true;
            }
        }

        // What stood by is not the book either: it begins anew, on a connection that is there already.
        if (!taking.Decoder.HasRoomToAnnounce(2))
        {
            return false;
        }

        taking.Decoder.Announce(book, EventKind.Connecting);
        taking.Decoder.Announce(book, EventKind.Subscribed);
        return true;
    }

    private void DrainStandby()
    {
        _standby[0]?.Drain();
        _standby[1]?.Drain();
    }

    private StandbyBooks StandbyOf(VenueConnection<TDialect> link) => StandbyOf(IndexOf(link));

    private StandbyBooks StandbyOf(int link) => _standby[link] ??= new StandbyBooks(
        new BookDefinition
        {
            Venue = TDialect.Profile.Name,
            Symbol = "",
            Instrument = 0,
            ChainRule = TDialect.Profile.ChainRule,
            SnapshotSource = TDialect.SourceOf(_options.Subscription),
            WindowLevels = TDialect.WindowOf(_options.Subscription),
            ChecksumPolicy = _options.Checksum ?? TDialect.Profile.ChecksumPolicy,
        },
        _books,
        _statuses.Length,
        _lane.Ring.Capacity);
}

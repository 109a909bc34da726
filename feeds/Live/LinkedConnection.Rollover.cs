using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// When one link replaces the other: before the venue's bound of a socket's life and when the venue asks for it, always
/// the second socket first. It is subscribed and has the books before the first one is closed.
/// </content>
public sealed partial class LinkedConnection<TDialect>
{
    private const long LookEveryNanos = 10_000_000;
    private const long TrustEveryNanos = 1_000_000_000;
    private LinkGate? _gate;
    private VenueConnection<TDialect> _leader;
    private long _linksLookedNanos;
    private long _handedOverNanos;

    private static bool SharesUpdateIds => TDialect.Profile.SharesUpdateIds;

    private void LookAtLinks(long nanos)
    {
        if (nanos - _linksLookedNanos < LookEveryNanos || _stopping || IsChanging)
        {
            return;
        }

        _linksLookedNanos = nanos;
        var leader = _leader;
        var isDue = leader.IsDue(nanos);
        if (_second is null && !isDue && !(_isDouble && leader.IsServing))
        {
            return;   // the usual case: one link, and nothing wanted of a second one
        }

        var other = OtherThan(leader);
        if (!leader.IsServing)
        {
            Follow(leader, other, nanos);
        }
        else if (isDue || _isDouble)
        {
            if (other.IsDormant)
            {
                Log.SecondLink(_log, Venue);
                other.Wake(nanos);
            }

            if (isDue && IsReady(other))
            {
                Replace(leader, other, nanos);
            }
            else if (_isDouble && other.IsDue(nanos) && IsReady(leader))
            {
                other.Retire(comesBack: true, nanos);
            }
            else if (_isDouble && IsMoreTruthful(other, nanos))
            {
                Replace(leader, other, nanos);
            }
        }
        else if (!other.IsDormant && IsReady(leader))
        {
            other.Retire(comesBack: false, nanos);   // the leader has come back by itself
        }

        _isRedundant = !IsHandingOver && IsReady(_leader) && IsReady(OtherThan(_leader));
    }

    /// <summary>The other link was not there yet when the leader went.</summary>
    private void Follow(VenueConnection<TDialect> leader, VenueConnection<TDialect> other, long nanos)
    {
        if (other.IsServing && SharesUpdateIds && _isDouble)
        {
            _leader = other;
        }
        else if (other.IsServing)
        {
            Replace(leader, other, nanos);
        }
    }

    private void Replace(VenueConnection<TDialect> leader, VenueConnection<TDialect> other, long nanos)
    {
        if (!SharesUpdateIds)
        {
            BeginHandOver(leader, other, nanos);
            return;
        }

        Log.Replaced(_log, Venue, _books.Length);
        _leader = other;
        leader.Retire(comesBack: _isDouble, nanos);
    }

    /// <summary>True when every book that is quoted could go on with this link alone.</summary>
    private bool IsReady(VenueConnection<TDialect> link)
    {
        if (!link.IsServing)
        {
            return false;
        }

        foreach (var book in _books)
        {
            if (_statuses[book].State == BookState.Live
                && !(SharesUpdateIds
                    ? _gate!.IsJoined(IndexOf(link), book)
                    : link == _leader || StandbyOf(link).Statuses[book].State == BookState.Live))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A book of the leader is broken, and the other link has it whole.</summary>
    private bool IsMoreTruthful(VenueConnection<TDialect> other, long nanos)
    {
        if (SharesUpdateIds || nanos - _handedOverNanos < TrustEveryNanos || !IsReady(other))
        {
            return false;
        }

        foreach (var book in _books)
        {
            if (_statuses[book].State is BookState.Gapped or BookState.Suspect
                && StandbyOf(other).Statuses[book].State == BookState.Live)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The other link, which is made when it is wanted for the first time, and sleeps.</summary>
    private VenueConnection<TDialect> OtherThan(VenueConnection<TDialect> link)
    {
        if (_second is not { } second)
        {
            second = MakeLink(1);
            second.Sleep();
            second.DeclareLike(_first);
            if (SharesUpdateIds)
            {
                _gate = new LinkGate(
                    TDialect.Profile.ChainRule,
                    TDialect.SourceOf(_options.Subscription),
                    _statuses,
                    _books,
                    carrier: 0)
                {
                    Nanos = _options.Network.Nanos(),
                };
                _first.Guard(_gate);
                second.Guard(_gate);
            }
            else
            {
                second.Serve(StandbyOf(1).Lane, StandbyOf(1).Statuses);
            }

            _second = second;
        }

        return link == _first ? second : _first;
    }

    private int IndexOf(VenueConnection<TDialect> link) => link == _first ? 0 : 1;
}

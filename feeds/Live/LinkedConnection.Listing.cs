using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// Books that come and go. Only the leader takes them: the other link is taken down before, since what it has proven is
/// of other books, and made anew afterwards, when it is wanted. No book leaves the quote for that; the venue is
/// connected once for a few seconds.
/// </content>
public sealed partial class LinkedConnection<TDialect>
{
    private readonly ConcurrentQueue<BookListing> _listings = new();

    /// <inheritdoc/>
    public void Add(Precision symbol, int book) => _listings.Enqueue(new BookListing(book, symbol));

    /// <inheritdoc/>
    public void Remove(int book) => _listings.Enqueue(new BookListing(book, null));

    /// <summary>True while changes wait: no second link is wanted then.</summary>
    private bool IsChanging => !_listings.IsEmpty || _leader.HasListings;

    private void TakeListings(long nanos)
    {
        if (_listings.IsEmpty || IsHandingOver || !TryStandAlone(nanos))
        {
            return;
        }

        while (_listings.TryDequeue(out var listing))
        {
            if (listing.Symbol is { } symbol)
            {
                _leader.Add(symbol, listing.Book);
                _options = _options with
                {
                    Books = [.. _options.Books, KeyValuePair.Create(symbol.Symbol, listing.Book)],
                };
            }
            else
            {
                _leader.Remove(listing.Book);
                _options = _options with
                {
                    Books = [.. _options.Books.Where(book => book.Value != listing.Book)],
                };
            }
        }

        _books = [.. _options.Books.Select(static book => book.Value)];
    }

    /// <summary>Takes the other link down; false while that is under way.</summary>
    private bool TryStandAlone(long nanos)
    {
        if (_second is not { } second)
        {
            return true;
        }

        var other = OtherThan(_leader);
        if (!_leader.IsServing && other.IsServing)
        {
            Follow(_leader, other, nanos);
            return false;
        }

        if (!other.IsDormant)
        {
            other.Retire(comesBack: false, nanos);
        }

        if (!other.IsAtRest)
        {
            return false;   // a socket that is under way is dismissed when it arrives
        }

        var repeated = (_past?.Repeated ?? 0) + (_gate?.Repeated ?? 0);
        _past = IntakeCounters.Sum(_past ?? new IntakeCounters(), other.Counters, repeated);
        other.Dispose();
        _leader.Guard(null);
        _leader.JoinPair(this, 0);
        _gate = null;
        _first = _leader;
        _second = null;
        _isRedundant = false;
        foreach (ref var books in _standby.AsSpan())
        {
            books?.Dispose();
            books = null;
        }

        return true;
    }
}

using System;
using System.Linq;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// A venue that is connected once, and twice when that is wanted: always, so that the loss of a socket is not noticed,
/// or for the moment in which a socket replaces another that is about to end. One reader serves both links into one
/// lane. Where update ids are the book's own both bring their messages and the first arrival counts
/// (<see cref="LinkGate"/>); elsewhere the books of one link stand by (<see cref="StandbyBooks"/>) and are handed over.
/// This file serves the links, <c>LinkedConnection.Rollover.cs</c> decides when one replaces the other,
/// <c>LinkedConnection.HandOver.cs</c> hands books over, <c>LinkedConnection.Listing.cs</c> changes what is served.
/// Threads: see the interface.
/// </summary>
/// <typeparam name="TDialect">The venue's dialect.</typeparam>
public sealed partial class LinkedConnection<TDialect> : IVenueConnection
    where TDialect : struct, IVenueDialect<TDialect>
{
    private ConnectionOptions _options;
    private readonly DepthLane _lane;
    private readonly BookStatus[] _statuses;
    private int[] _books;
    private readonly ILogger _log;
    private readonly Action<Exception> _onFatal;
    private readonly bool _isDouble;
    private volatile VenueConnection<TDialect> _first;
    private volatile VenueConnection<TDialect>? _second;
    private volatile IntakeCounters? _past;   // of links that are gone: what is counted never falls
    private volatile bool _isRedundant;
    private volatile bool _stopping;

    /// <summary>Makes a connection; nothing happens before a reader serves it.</summary>
    /// <param name="options">Where and what.</param>
    /// <param name="lane">The connection's lane into the engine.</param>
    /// <param name="statuses">Status of every book of the engine.</param>
    /// <param name="log">Where connections and refusals are logged.</param>
    /// <param name="onFatal">Called with an exception that must not be: the process has to end.</param>
    public LinkedConnection(
        ConnectionOptions options, DepthLane lane, BookStatus[] statuses, ILogger log, Action<Exception> onFatal)
    {
        // What belongs to the address is counted for both links together.
        _options = options with
        {
            Budget = options.Budget ?? new RestBudget(TDialect.Profile.RestLimits),
            Dials = options.Dials ?? new DialBudget(TDialect.Profile.ConnectionLimits),
        };
        _lane = lane;
        _statuses = statuses;
        _books = [.. options.Books.Select(static book => book.Value)];
        _log = log;
        _onFatal = onFatal;
        _isDouble = options.Connections == 2;
        _first = MakeLink(0);
        _leader = _first;
        _options = _options with { Declared = null };   // it may be large, and is wanted once
    }

    /// <inheritdoc/>
    public string Venue => TDialect.Profile.Name;

    /// <inheritdoc/>
    /// <remarks>A sum made when it is asked for, where there are two links or were others before.</remarks>
    public IntakeCounters Counters =>
        (_past, _second) switch
        {
            (null, null) => _first.Counters,
            (null, { } second) => IntakeCounters.Sum(_first.Counters, second.Counters, _gate?.Repeated ?? 0),
            ({ } past, null) => IntakeCounters.Sum(past, _first.Counters, past.Repeated),
            ({ } past, { } second) => IntakeCounters.Sum(
                past,
                IntakeCounters.Sum(_first.Counters, second.Counters, 0),
                past.Repeated + (_gate?.Repeated ?? 0)),
        };

    /// <inheritdoc/>
    public bool IsConnected => _first.IsConnected || _second is { IsConnected: true };

    /// <inheritdoc/>
    public bool IsRedundant => _isRedundant;

    /// <inheritdoc/>
    public ClockReading Clock => _leader.Clock;

    /// <inheritdoc/>
    public int SleepMillisMax =>
        IsHandingOver ? 1
        : _second is { IsDormant: false } second ? Math.Min(_first.SleepMillisMax, second.SleepMillisMax)
        : _first.SleepMillisMax;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Poll()
    {
        if (_second is not { } second)
        {
            return _first.Poll();
        }

        if (IsHandingOver)
        {
            return 0;   // what comes meanwhile stays in the sockets
        }

        var work = _first.Poll();
        DrainStandby();
        if (!IsHandingOver)   // the first one may have ended
        {
            work += second.Poll();
            DrainStandby();
        }

        return work;
    }

    /// <inheritdoc/>
    public void Tick(long nanos)
    {
        if (_gate is not null)
        {
            _gate.Nanos = nanos;
        }

        if (IsHandingOver)
        {
            GoOnHandingOver(nanos);
            return;
        }

        TakeListings(nanos);
        _first.Tick(nanos);
        if (!IsHandingOver)
        {
            _second?.Tick(nanos);
        }

        DrainStandby();
        if (!IsHandingOver)
        {
            LookAtLinks(nanos);
        }
    }

    /// <inheritdoc/>
    public bool TryGetHandle(out nint handle) => _first.TryGetHandle(out handle);

    /// <inheritdoc/>
    public bool TryGetSecondHandle(out nint handle)
    {
        handle = 0;
        return _second is { } second && second.TryGetHandle(out handle);
    }

    /// <inheritdoc/>
    public void Stop()
    {
        _stopping = true;
        _first.Stop();
        _second?.Stop();
    }

    /// <inheritdoc/>
    public void End()
    {
        _first.End();
        _second?.End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
        foreach (var books in _standby)
        {
            books?.Dispose();
        }
    }

    private VenueConnection<TDialect> MakeLink(int link)
    {
        var connection = new VenueConnection<TDialect>(_options, _lane, _statuses, _log, _onFatal);
        connection.JoinPair(this, link);
        return connection;
    }
}

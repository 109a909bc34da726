using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>
/// The faults of a host's simulated venues, switched while it runs, by code or through <c>/control/faults</c>. What is
/// random is drawn by the host's seed. Thread safe.
/// </summary>
public sealed class FaultPlan
{
    private readonly Dictionary<string, VenueFaults> _venues = new(StringComparer.Ordinal);
    private readonly ExchangeVenues _exchange;
    private readonly SessionRegistry _sessions;

    internal FaultPlan(ExchangeVenues exchange, SessionRegistry sessions, ExchangeOptions options)
    {
        _exchange = exchange;
        _sessions = sessions;
        foreach (var venue in exchange.Simulated)
        {
            _venues.Add(venue, new VenueFaults(venue, options.Clock, Seeds.Derive(options.Seed, "faults", venue)));
        }
    }

    /// <summary>Venues that can have faults: the simulated ones.</summary>
    public IReadOnlyCollection<string> Venues => _venues.Keys;

    /// <summary>
    /// Arms a fault: it takes effect with the next frames or requests it concerns, or at once where it needs none.
    /// </summary>
    /// <exception cref="ExchangeConfigurationException">
    /// The name, the venue, the symbol or a value is wrong; nothing is armed.
    /// </exception>
    public void Arm(string venue, Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var faults = Of(venue);
        var behavior = FaultCatalog.Find(fault.Name, venue);
        if (fault.Count < 0 || fault.Delay < TimeSpan.Zero || fault.For < TimeSpan.Zero || fault.Share is < 0 or > 1)
        {
            throw new ExchangeConfigurationException(
                $"fault {fault.Name}: count, delay and duration are not negative, a share is 0 to 1");
        }

        var book = fault.Symbol is null ? null : _exchange.FindBook(venue, fault.Symbol)
            ?? throw new ExchangeConfigurationException($"{venue} lists no '{fault.Symbol}'");
        if (fault.Name is "delist" && book is null)
        {
            throw new ExchangeConfigurationException("delist needs a symbol");
        }

        switch (behavior.Place)
        {
            case FaultPlace.Connection when fault.Name != "refuse-connect":
                Strike(venue, fault);
                faults.Count(fault.Name);
                break;
            case FaultPlace.Market:
                _exchange.Disturb(venue, fault, book);
                faults.Count(fault.Name);
                break;
            case FaultPlace.Dialect:
                if (!_exchange.Provoke(venue, fault.Name, book))
                {
                    throw new ExchangeConfigurationException(
                        $"{venue} cannot show {fault.Name} now: nobody listens, or a symbol is needed");
                }

                faults.Count(fault.Name);
                break;
            default:
                var symbol = book?.Listing.Symbol;
                var count = IsLasting(fault.Name) ? 0 : fault.Count;
                faults.Arm(fault with { Count = count, Symbol = symbol }, symbol);
                break;
        }
    }

    /// <summary>Takes waiting and lasting faults back; what has happened stays.</summary>
    /// <param name="venue">Of which venue.</param>
    /// <param name="name">Of which name; null: all.</param>
    /// <exception cref="ExchangeConfigurationException">The venue is not simulated here.</exception>
    public void Clear(string venue, string? name = null)
    {
        Of(venue).Clear(name);
        if (name is null || FaultCatalog.All.Any(behavior =>
            behavior.Name == name && behavior.Place == FaultPlace.Dialect))
        {
            _exchange.Calm(venue);
        }
    }

    /// <summary>What waits or lasts at a venue.</summary>
    /// <exception cref="ExchangeConfigurationException">The venue is not simulated here.</exception>
    public IReadOnlyList<Fault> Armed(string venue) => Of(venue).Armed;

    /// <summary>How often each fault took effect at a venue.</summary>
    /// <exception cref="ExchangeConfigurationException">The venue is not simulated here.</exception>
    public IReadOnlyDictionary<string, long> Provoked(string venue) => Of(venue).Provoked;

    internal VenueFaults? Find(string? venue) => venue is null ? null : _venues.GetValueOrDefault(venue);

    private static bool IsLasting(string name) => name is "freeze" or "never-served" or "delist" or "lag";

    private VenueFaults Of(string venue) => Find(venue) ?? throw new ExchangeConfigurationException(
        $"venue '{venue}' is not simulated here: choose from {string.Join(", ", _venues.Keys.Order())}");

    private void Strike(string venue, Fault fault)
    {
        if (fault.Name == "notice")
        {
            _exchange.Announce(venue);
            return;
        }

        foreach (var session in _sessions.Of(venue))
        {
            if (fault.Name == "reset")
            {
                session.Abort();
            }
            else
            {
                session.CloseNow(
                    fault.Code == 0 ? WebSocketCloseStatus.EndpointUnavailable : (WebSocketCloseStatus)fault.Code,
                    "service restart");
            }
        }
    }
}

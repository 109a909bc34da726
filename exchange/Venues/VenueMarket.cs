using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues;

/// <summary>What one venue sees of the market: its own books, the gate and the clock.</summary>
/// <param name="Market">Whose gate guards the books.</param>
/// <param name="Books">The venue's books.</param>
/// <param name="Options">The host's options, with the clock.</param>
internal sealed record VenueMarket(
    SimulatedMarket Market, IReadOnlyList<SimulatedBook> Books, ExchangeOptions Options)
{
    public System.Threading.Lock Gate => Market.Gate;

    public TimeProvider Clock => Options.Clock;
}

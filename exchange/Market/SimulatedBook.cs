using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// One venue's book of one instrument: what rests now and what the last step changed. Read it under the market's gate.
/// </summary>
internal sealed class SimulatedBook
{
    private readonly List<LevelChange> _changes = [];

    public SimulatedBook(Listing listing) => Listing = listing;

    public Listing Listing { get; }

    public SimulatedSide Bids { get; } = new(Market.Side.Bid);

    public SimulatedSide Asks { get; } = new(Market.Side.Ask);

    /// <summary>Changes of the last step, in order; a price may occur more than once, the last one holds.</summary>
    public IReadOnlyList<LevelChange> Changes => _changes;

    public SimulatedSide Side(Side side) => side == Market.Side.Bid ? Bids : Asks;

    /// <summary>Forgets the last step's changes.</summary>
    public void BeginStep() => _changes.Clear();

    /// <summary>Sets a level and notes the change; setting what is there already is no change.</summary>
    public void Set(Side side, long ticks, long lots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lots);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticks);
        var levels = Side(side);
        if (levels.LotsOf(ticks) == lots)
        {
            return;
        }

        levels.Set(ticks, lots);
        _changes.Add(new LevelChange(side, ticks, lots));
    }
}

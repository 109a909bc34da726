using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>
/// What subscribers of one depth hold of one side after cutting their book. Kraken publishes levels that changed or
/// (re-)entered the window and deletes what left the book; what merely fell off the window is left to the client's cut.
/// </summary>
internal sealed class KrakenWindow
{
    private readonly SimulatedSide _side;
    private readonly int _depth;
    private Dictionary<long, long> _held = [];
    private Dictionary<long, long> _next = [];

    public KrakenWindow(SimulatedSide side, int depth)
    {
        _side = side;
        _depth = depth;
        Advance([]);
    }

    /// <summary>Moves the window to the book of now and adds what to publish: ticks, lots (0 deletes).</summary>
    public void Advance(List<(long Ticks, long Lots)> published)
    {
        _next.Clear();
        for (var rank = 0; rank < _depth && rank < _side.Count; rank++)
        {
            var (ticks, lots) = (_side.TicksAt(rank), _side.LotsAt(rank));
            _next.Add(ticks, lots);
            if (!_held.TryGetValue(ticks, out var before) || before != lots)
            {
                published.Add((ticks, lots));
            }
        }

        foreach (var ticks in _held.Keys)
        {
            if (!_next.ContainsKey(ticks) && _side.LotsOf(ticks) == 0)
            {
                published.Add((ticks, 0));
            }
        }

        (_held, _next) = (_next, _held);
    }
}

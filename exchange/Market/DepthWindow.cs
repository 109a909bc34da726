using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// The best levels of one side as subscribers of one depth hold them. What is published are levels that changed or
/// (re-)entered the window, deletes of what left the book, and, where the venue does so, deletes of what merely fell
/// off the window; where it does not, that is left to the client's cut.
/// </summary>
internal sealed class DepthWindow
{
    private readonly SimulatedSide _side;
    private readonly int _depth;
    private readonly bool _deletesFallen;
    private Dictionary<long, long> _held = [];
    private Dictionary<long, long> _next = [];

    /// <param name="side">The side of the book.</param>
    /// <param name="depth">Levels of the window.</param>
    /// <param name="deletesFallen">Whether a level that fell off the window is deleted.</param>
    public DepthWindow(SimulatedSide side, int depth, bool deletesFallen)
    {
        _side = side;
        _depth = depth;
        _deletesFallen = deletesFallen;
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
            if (!_next.ContainsKey(ticks) && (_deletesFallen || _side.LotsOf(ticks) == 0))
            {
                published.Add((ticks, 0));
            }
        }

        (_held, _next) = (_next, _held);
    }
}

using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// The best levels of one side as subscribers of one depth hold them. What is published are levels that changed or
/// (re-)entered the window, deletes of what left the book, and, where the venue does so, deletes of what merely fell
/// off the window; where it does not, that is left to the client's cut. Between two publications it stands still,
/// whatever the book does. Touch it under the market's gate.
/// </summary>
internal sealed class DepthWindow
{
    private readonly SimulatedSide _side;
    private readonly int _depth;
    private readonly bool _deletesFallen;
    private List<(long Ticks, long Lots)> _held = [];
    private List<(long Ticks, long Lots)> _next = [];

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

    /// <summary>The levels that were published last, best first.</summary>
    public IReadOnlyList<(long Ticks, long Lots)> Held => _held;

    /// <summary>
    /// Moves the window to the book of now and adds what to publish, best first: ticks, lots (0 deletes).
    /// </summary>
    public void Advance(List<(long Ticks, long Lots)> published)
    {
        _next.Clear();
        var before = 0;
        for (var rank = 0; rank < Math.Min(_depth, _side.Count); rank++)
        {
            var (ticks, lots) = (_side.TicksAt(rank), _side.LotsAt(rank));
            _next.Add((ticks, lots));
            for (; before < _held.Count && _side.IsBetter(_held[before].Ticks, ticks); before++)
            {
                Leave(_held[before].Ticks, published);
            }

            var stays = before < _held.Count && _held[before].Ticks == ticks;
            if (!stays || _held[before].Lots != lots)
            {
                published.Add((ticks, lots));
            }

            before += stays ? 1 : 0;
        }

        for (; before < _held.Count; before++)
        {
            Leave(_held[before].Ticks, published);
        }

        (_held, _next) = (_next, _held);
    }

    private void Leave(long ticks, List<(long Ticks, long Lots)> published)
    {
        if (_deletesFallen || _side.LotsOf(ticks) == 0)
        {
            published.Add((ticks, 0));
        }
    }
}

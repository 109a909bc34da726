using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>
/// What subscribers of one depth hold of one side at a venue that keeps the window itself: every level that leaves the
/// best so many is published as gone, and comes again when it comes back. Between two publications it stands still,
/// whatever the book does. Touch it under the market's gate.
/// </summary>
internal sealed class StandingWindow
{
    private readonly SimulatedSide _side;
    private readonly int _sign;
    private readonly int _depth;
    private List<(long Ticks, long Lots)> _held = [];
    private List<(long Ticks, long Lots)> _next = [];

    /// <param name="book">Whose side it looks at.</param>
    /// <param name="side">Which side.</param>
    /// <param name="depth">Levels of the window.</param>
    public StandingWindow(SimulatedBook book, Side side, int depth)
    {
        _side = book.Side(side);
        _sign = side == Side.Bid ? -1 : 1;
        _depth = depth;
        Advance([]);
    }

    /// <summary>The levels that were published last, best first.</summary>
    public IReadOnlyList<(long Ticks, long Lots)> Held => _held;

    /// <summary>Moves the window to the book of now and adds what to publish, best first; 0 lots delete.</summary>
    public void Advance(List<(long Ticks, long Lots)> published)
    {
        _next.Clear();
        var before = 0;
        for (var rank = 0; rank < Math.Min(_depth, _side.Count); rank++)
        {
            var (ticks, lots) = (_side.TicksAt(rank), _side.LotsAt(rank));
            _next.Add((ticks, lots));
            for (; before < _held.Count && _held[before].Ticks * _sign < ticks * _sign; before++)
            {
                published.Add((_held[before].Ticks, 0));
            }

            if (before == _held.Count || _held[before].Ticks != ticks)
            {
                published.Add((ticks, lots));
                continue;
            }

            if (_held[before].Lots != lots)
            {
                published.Add((ticks, lots));
            }

            before++;
        }

        for (; before < _held.Count; before++)
        {
            published.Add((_held[before].Ticks, 0));
        }

        (_held, _next) = (_next, _held);
    }
}

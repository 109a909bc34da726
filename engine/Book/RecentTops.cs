using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Tops of book stated by another feed of the venue, kept until the book reaches their update id. Bounded: the oldest
/// give way. Threads: one, the engine's.
/// </summary>
[HotPath]
public sealed class RecentTops
{
    private const int Capacity = 4_096;
    private readonly StatedTop[] _tops = new StatedTop[Capacity];
    private int _first;
    private int _count;

    /// <summary>Keeps one; ids rise.</summary>
    public void Add(ref DepthEvent item)
    {
        if (_count == Capacity)
        {
            _first = (_first + 1) % Capacity;
            _count--;
        }

        _tops[(_first + _count) % Capacity] = StatedTop.From(ref item);
        _count++;
    }

    /// <summary>Drops everything up to the id, and hands out the newest with exactly this id if there is one.</summary>
    public bool TryTake(long updateId, out StatedTop top)
    {
        top = default;
        var found = false;
        while (_count != 0 && _tops[_first].UpdateId <= updateId)
        {
            top = _tops[_first];
            found = top.UpdateId == updateId;
            _first = (_first + 1) % Capacity;
            _count--;
        }

        return found;
    }
}

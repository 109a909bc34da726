using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Updates of one book that wait for its snapshot, in order of arrival. Native memory, taken while a book synchronizes
/// and given back afterwards; at most <see cref="MaxEvents"/> events, then the oldest attempt is over and the book asks
/// for a new snapshot. Threads: one, the engine's.
/// </summary>
[HotPath]
public unsafe struct PendingUpdates
{
    /// <summary>Bound: about 16 MiB a book, or a quarter of an hour of the busiest venue's 100 ms updates.</summary>
    public const int MaxEvents = 16_384;

    private DepthEvent* _events;
    private int _capacity;

    /// <summary>Count of events.</summary>
    public int Count { get; private set; }

    /// <summary>Event number <paramref name="index"/>, oldest first.</summary>
    public readonly ref DepthEvent this[int index] => ref _events[index];

    /// <summary>Copies an event to the end; false when the bound is reached.</summary>
    public bool TryAppend(ref DepthEvent item)
    {
        if (Count == _capacity && !TryGrow())
        {
            return false;
        }

        _events[Count++] = item;
        return true;
    }

    /// <summary>Forgets the first <paramref name="count"/> events.</summary>
    public void DropFirst(int count)
    {
        for (var index = count; index < Count; index++)
        {
            _events[index - count] = _events[index];
        }

        Count -= count;
    }

    /// <summary>Forgets everything and gives the memory back.</summary>
    public void Clear()
    {
        NativeMemory.Free(_events);
        _events = null;
        _capacity = 0;
        Count = 0;
    }

    private bool TryGrow()
    {
        if (_capacity == MaxEvents)
        {
            return false;
        }

        var capacity = _capacity == 0 ? 16 : _capacity * 2;
        _events = (DepthEvent*)NativeMemory.Realloc(_events, (nuint)capacity * (nuint)sizeof(DepthEvent));
        _capacity = capacity;
        return true;
    }
}

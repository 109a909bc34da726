using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What is going to happen, by time; of two things at one moment the one noted first.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (long Due, long Order)> _items = new();
    private readonly VirtualTime _time;
    private long _order;

    public Agenda(VirtualTime time) => _time = time;

    /// <summary>When the next thing happens.</summary>
    public long NextDue => _items.TryPeek(out _, out var key) ? key.Due : long.MaxValue;

    /// <summary>Notes what happens then; never before now.</summary>
    public void At(long nanos, Action happens) =>
        _items.Enqueue(happens, (Math.Max(nanos, _time.Nanos), _order++));

    /// <summary>Notes what happens so much later.</summary>
    public void After(long nanos, Action happens) => At(_time.Nanos + nanos, happens);

    /// <summary>Lets the next thing happen.</summary>
    public void RunNext() => _items.Dequeue()();
}

using System;
using System.Collections.Generic;
using System.Threading;

namespace LowLatencyQuoter.Server.Membership;

/// <summary>
/// The instruments that are quoted now, in order; the first is the default one. There is always one at least.
/// Threads: any read, and each reading sees one state; one at a time changes.
/// </summary>
public sealed class InstrumentDirectory
{
    private InstrumentSeat[] _seats;

    /// <summary>Begins with these instruments, each in the place of its number; empty names are free places.</summary>
    public InstrumentDirectory(IReadOnlyList<string> names)
    {
        var seats = new List<InstrumentSeat>();
        for (var place = 0; place < names.Count; place++)
        {
            if (names[place].Length != 0)
            {
                seats.Add(new InstrumentSeat(names[place], place));
            }
        }

        _seats = [.. seats];
    }

    /// <summary>The instruments now.</summary>
    public IReadOnlyList<InstrumentSeat> Seats => Volatile.Read(ref _seats);

    /// <summary>The default one.</summary>
    public InstrumentSeat Default => Seats[0];

    /// <summary>The names now, in order, by commas: for messages.</summary>
    public string Names => string.Join(", ", Array.ConvertAll(Volatile.Read(ref _seats), static seat => seat.Name));

    /// <summary>The instrument of this name, in any case; null when it is not quoted.</summary>
    public InstrumentSeat? Find(string name) =>
        Array.Find(Volatile.Read(ref _seats), seat => seat.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds one at the end.</summary>
    internal void Add(InstrumentSeat seat) => Volatile.Write(ref _seats, [.. _seats, seat]);

    /// <summary>Takes one out, and ends what streams it.</summary>
    internal void Remove(InstrumentSeat seat)
    {
        Volatile.Write(ref _seats, Array.FindAll(_seats, other => other != seat));
        seat.Retire();
    }

    /// <summary>Brings them into the order of these names; others stay behind them.</summary>
    internal void Order(IReadOnlyList<string> names)
    {
        var ordered = new List<InstrumentSeat>();
        foreach (var name in names)
        {
            if (Find(name) is { } seat)
            {
                ordered.Add(seat);
            }
        }

        ordered.AddRange(Array.FindAll(_seats, seat => !ordered.Contains(seat)));
        Volatile.Write(ref _seats, [.. ordered]);
    }
}

using System;

namespace LowLatencyQuoter.Engine.Events;

/// <summary>Where an event stands in its message. The numeric values are part of the journal.</summary>
[Flags]
public enum EventFlags : byte
{
    /// <summary>A middle part.</summary>
    None = 0,

    /// <summary>The message begins here: chain fields are judged.</summary>
    First = 1,

    /// <summary>The message ends here: the book is complete again.</summary>
    Last = 2,

    /// <summary>The whole message.</summary>
    Whole = First | Last,

    /// <summary>
    /// With <see cref="First"/>, on a snapshot: the venue sent it on the socket of its own accord, so it replaces the
    /// book in whatever state that is, also where snapshots are otherwise asked for.
    /// </summary>
    Pushed = 4,
}

using System;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>How the user wants the book to be shown; each key gives a new one.</summary>
/// <param name="Depth">Levels a side at most; 0: as many as fit.</param>
/// <param name="Group">
/// Price grouping: 0 none; then 1, 2, 5, 10, 20, 50, ... times the finest digit of the prices shown.
/// </param>
/// <param name="Cursor">
/// The level up to which a sweep is worked out: 1 the best ask, 2 the next, ...; -1 the best bid, ...; 0 none.
/// </param>
/// <param name="ShowsVenues">The pane with the venues' health.</param>
/// <param name="ShowsLatency">The pane with latencies.</param>
/// <param name="IsPaused">The picture stands still.</param>
internal sealed record ViewChoice(
    int Depth = 0,
    int Group = 0,
    int Cursor = 0,
    bool ShowsVenues = false,
    bool ShowsLatency = false,
    bool IsPaused = false)
{
    /// <summary>Steps of the grouping: the largest is ten million times the finest digit.</summary>
    public const int GroupMost = 22;

    private const int CursorMost = 1_000;

    /// <summary>The choice after a key; the same when the key means nothing here.</summary>
    public ViewChoice After(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.UpArrow } => this with { Cursor = Math.Min(Cursor + 1, CursorMost) },
        { Key: ConsoleKey.DownArrow } => this with { Cursor = Math.Max(Cursor - 1, -CursorMost) },
        { Key: ConsoleKey.Escape } => this with { Cursor = 0 },
        { KeyChar: 'd' or 'D' } => this with { Depth = NextDepth() },
        { KeyChar: '+' or '=' } => this with { Group = Math.Min(Group + 1, GroupMost) },
        { KeyChar: '-' } => this with { Group = Math.Max(Group - 1, 0) },
        { KeyChar: 'v' or 'V' } => this with { ShowsVenues = !ShowsVenues },
        { KeyChar: 'l' or 'L' } => this with { ShowsLatency = !ShowsLatency },
        { KeyChar: 'p' or 'P' or ' ' } => this with { IsPaused = !IsPaused },
        _ => this,
    };

    private int NextDepth() => Depth switch
    {
        0 => 5,
        5 => 10,
        10 => 20,
        20 => 50,
        _ => 0,
    };
}

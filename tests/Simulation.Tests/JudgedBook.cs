using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>A book of the engine beside the venue's own.</summary>
/// <param name="Index">The engine's index.</param>
/// <param name="Name">Venue and symbol, for messages.</param>
/// <param name="History">The venue's own book.</param>
/// <param name="Status">The engine's word on it.</param>
/// <param name="Depth">Levels a side that the venue streams; <see cref="int.MaxValue"/>: all of them.</param>
/// <param name="IsWindow">False where the depth is the snapshot's alone and changes come of all prices.</param>
/// <param name="Link">How it is reached.</param>
internal sealed record JudgedBook(
    int Index, string Name, BookHistory History, BookStatus Status, int Depth, bool IsWindow, SimulatedLink Link)
{
    /// <summary>What was read of it.</summary>
    public BookReceipts Receipts { get; } = new();

    /// <summary>Levels of the window; all where there is none.</summary>
    public int Window => IsWindow ? Depth : int.MaxValue;
}

using System.Collections.Generic;
using System.Globalization;

namespace LowLatencyQuoter.Testing;

/// <summary>A capture that replays, with the figures that the captures' index states of it.</summary>
/// <param name="Title">Its name with the other program, <c>verify_captures.py</c>.</param>
/// <param name="Venue">Whose traffic it is.</param>
/// <param name="Files">Its files, below the captures folder.</param>
/// <param name="Frames">Messages of sockets.</param>
/// <param name="DepthEvents">Snapshots and updates.</param>
/// <param name="Books">Count of books.</param>
public sealed record ReplayableCapture(
    string Title, string Venue, IReadOnlyList<string> Files, int Frames, int DepthEvents, int Books)
{
    /// <summary>Breaks of the venue's chain, which are there on purpose.</summary>
    public int Gaps { get; init; }

    /// <summary>Checksums of the venue; all of them match.</summary>
    public int Checksums { get; init; }

    /// <summary>Tops that another feed states at an update id of the book; all of them are equal.</summary>
    public int CrossChecks { get; init; }

    /// <summary>True when a replay has to pass.</summary>
    public bool Passes => Gaps == 0;

    /// <summary>How it shows among the test cases.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Title}");
}

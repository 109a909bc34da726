using System;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>One fault to provoke at a venue. What each name does: <see cref="FaultCatalog"/>.</summary>
public sealed record Fault
{
    /// <summary>A name of the catalog, for instance <c>drop</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The book it concerns, in the venue's spelling or as <c>BTC/USDT</c>; null (the default): whichever comes.
    /// </summary>
    public string? Symbol { get; init; }

    /// <summary>
    /// How many frames, snapshots or requests it spoils; 0 for all of them until it is cleared. Default 1.
    /// </summary>
    public int Count { get; init; } = 1;

    /// <summary>How long it lasts, where it lasts; zero (the default): until it is cleared or, a freeze, until the
    /// client subscribes anew.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How late an answer or a frame is. Default 1 s.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A status of REST or of a handshake, or the code of a close frame; 0 (the default): as the catalog says.
    /// </summary>
    public int Code { get; init; }

    /// <summary>Seconds of <c>Retry-After</c>; 0 (the default): none is stated.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>Bytes of a huge frame or body. Default 8 MB.</summary>
    public int Bytes { get; init; } = 8_000_000;

    /// <summary>How far the market moves, in hundredths of a percent. Default 20.</summary>
    public double BasisPoints { get; init; } = 20;

    /// <summary>Part of the frames that are spoiled, drawn by the plan's seed. Default 1: all.</summary>
    public double Share { get; init; } = 1;
}

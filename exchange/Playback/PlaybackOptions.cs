using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>A recording to play back.</summary>
public sealed record PlaybackOptions
{
    /// <summary>
    /// The files of one recording, merged by receive time: cryptofeed text, CBCAP1 or <c>unix_ns payload</c> lines,
    /// each recognized and unpacked (gzip) by its content.
    /// </summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The venue whose traffic it is, by its name of the design.</summary>
    public required string Venue { get; init; }

    /// <summary>How fast; default is the recording's own timing.</summary>
    public PlaybackSpeed Speed { get; init; } = PlaybackSpeed.Recorded;
}

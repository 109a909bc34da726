using System;
using System.Linq;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>A jump of the wall clock changes nothing: no timer of the feeds, the engine or the wire reads it.</summary>
public sealed class WallClockTests
{
    /// <summary>Times that are printed or sent, and dates that a venue states.</summary>
    private static readonly string[] Stamps =
    [
        "engine/Model/MonotonicClock.cs",
        "feeds/Journal/JournalWriter.cs",
        "feeds/Live/MachineNetwork.cs",
        "feeds/Live/RestClient.cs",
        "feeds/Recorder/RecordingWriter.cs",
        "feeds/Venues/Cryptocom/CryptocomDialect.cs",
        "feeds/Venues/Gateio/GateioDialect.cs",
    ];

    [Test]
    public void OnlyStampsReadTheWallClock()
    {
        var readers = SourceFiles.All("*.cs")
            .Where(static file => file.Split('/')[0] is "engine" or "feeds" or "wire")
            .Where(static file => SourceFiles.Lines(file).Any(static line =>
                line.Contains("UtcNow", StringComparison.Ordinal)
                || line.Contains("DateTime.Now", StringComparison.Ordinal)
                || line.Contains("DateTimeOffset.Now", StringComparison.Ordinal)));

        Assert.That(readers.Except(Stamps), Is.Empty);
    }
}

namespace LowLatencyQuoter.Engine.Model;

/// <summary>
/// A clock that is told the time: replay takes it from the recording, tests set it. One thread uses it.
/// </summary>
public sealed class ManualClock : IClock
{
    /// <summary>Nanoseconds; whoever drives the pipeline sets it before each event.</summary>
    public long Nanos { get; set; }

    /// <inheritdoc/>
    public long NowNanos() => Nanos;
}

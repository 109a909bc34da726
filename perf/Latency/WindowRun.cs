namespace LowLatencyQuoter.Perf.Latency;

/// <summary>A window that is over.</summary>
/// <param name="Window">What the engine noted.</param>
/// <param name="Reader">What the reader noted.</param>
/// <param name="Applied">Messages that the books counted.</param>
/// <param name="Gaps">Breaks of chains and other faults of books; 0 unless something is wrong.</param>
/// <param name="Errors">Frames that were not understood; 0 unless something is wrong.</param>
internal sealed record WindowRun(MeasuredWindow Window, PacedReader Reader, long Applied, long Gaps, long Errors)
{
    /// <summary>Messages that were sent and are in no book or no quote.</summary>
    public long Lost => System.Math.Max(Window.Count - Applied, Window.Count - Window.Seen);

    /// <summary>From the first message due to the last quote.</summary>
    public double Seconds => (Window.LastPublishedNanos - Reader.Schedule.StartNanos) / 1e9;

    /// <summary>Managed bytes that the engine's thread allocated.</summary>
    public long EngineBytes => Window.AllocatedAfter - Window.AllocatedBefore;
}

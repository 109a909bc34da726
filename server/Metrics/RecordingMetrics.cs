using LowLatencyQuoter.Feeds.Recorder;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What the recordings have taken.</summary>
/// <param name="writer">Their writer; null when there are none.</param>
public sealed class RecordingMetrics(RecordingWriter? writer) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        if (writer is null)
        {
            return;
        }

        text.Begin(MetricKind.Counter, "quoter_recording_records_total", "Records written to recordings.");
        foreach (var file in writer.Files)
        {
            text.Sample(file.Records, ("venue", file.Venue));
        }

        text.Begin(MetricKind.Counter, "quoter_recording_bytes_total", "Bytes written to recordings.");
        foreach (var file in writer.Files)
        {
            text.Sample(file.Bytes, ("venue", file.Venue));
        }

        text.Begin(MetricKind.Counter, "quoter_recording_lost_total", "Records that found no room, or no disk.");
        foreach (var file in writer.Files)
        {
            text.Sample(file.Lost, ("venue", file.Venue));
        }
    }
}

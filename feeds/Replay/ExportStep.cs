using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Feeds.Tardis;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>
/// Stands between the decoder and the pipeline where a replay is exported: hands one message after the other on, so
/// that what each has done to its book can be seen. Threads: the caller's.
/// </summary>
internal sealed class ExportStep(QuoterPipeline pipeline, ReplayDrive drive, TardisExport export) : IDisposable
{
    private long _next;

    /// <summary>Where the decoder writes.</summary>
    public DepthLane Lane { get; } = new(pipeline.Lanes[0].Ring.Capacity);

    /// <summary>Hands on what the decoder has published.</summary>
    public void Pass()
    {
        while (Lane.Ring.IsPublished(_next))
        {
            ref var item = ref Lane.Ring[_next];
            export.OnPart(ref item);
            pipeline.Lanes[0].TryAppend(in item);   // there is room: the part before has been taken
            drive.AfterRecord();
            if ((item.Flags & EventFlags.Last) != 0)
            {
                export.OnTaken(ref item, pipeline);
            }

            Lane.Consumed.Set(_next++);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Lane.Dispose();
}

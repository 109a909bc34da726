using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Shm;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.SharedMemory;

/// <summary>
/// The quotes in shared memory, where they are asked for: the file, and what writes into it behind the pipeline.
/// Threads: made and disposed of by one, when no thread drives the writer.
/// </summary>
internal sealed class SharedMemoryStage : IDisposable
{
    /// <summary>How long the thread that drives the writer may sleep: it owes a heartbeat each 100 ms.</summary>
    public const int SleepMillisMax = QuoteFile.HeartbeatMillis / 2;

    private readonly QuoteFile _file;

    private SharedMemoryStage(QuoteFile file, IAgent writer)
    {
        _file = file;
        Writer = writer;
    }

    /// <summary>To be driven behind the pipeline, by the same thread.</summary>
    public IAgent Writer { get; }

    /// <summary>Makes the file; null when none is asked for.</summary>
    /// <exception cref="SharedFileTakenException">The name is somebody's.</exception>
    /// <exception cref="OptionsException">The file cannot be made.</exception>
    public static SharedMemoryStage? Open(
        QuoterOptions options, QuoterPipeline pipeline, InstrumentDirectory directory, ILoggerFactory logs)
    {
        if (options.SharedMemory is null)
        {
            return null;
        }

        try
        {
            var file = QuoteFile.Create(
                options.SharedMemory,
                ShapeOf(pipeline, options.Levels, options.SharedRingBytes),
                options.SharedGroupRead,
                MonotonicClock.Nanos(),
                MonotonicClock.UnixOffsetNanos());
            Tell(file, logs);
            return new SharedMemoryStage(
                file,
                new SharedQuoteWriter<MonotonicClock>(file, pipeline.Quotes, pipeline.Table, directory, default));
        }
        catch (SharedFileException e) when (e is not SharedFileTakenException)
        {
            throw new OptionsException($"shm: {e.Message}");
        }
    }

    /// <summary>What a pipeline's quotes need.</summary>
    public static QuoteFileShape ShapeOf(QuoterPipeline pipeline, int levels, long ringBytes) => new()
    {
        Levels = levels,
        Places = pipeline.Quotes.Count,
        Venues = VenuesOf(pipeline.Table),
        RingBytes = ringBytes,
    };

    /// <summary>
    /// Every venue that the table has a place for, in order; what comes later has its number already.
    /// </summary>
    public static IReadOnlyList<string> VenuesOf(BookTable table)
    {
        var venues = new List<string>();
        foreach (var definition in table.Definitions)
        {
            if (!venues.Contains(definition.Venue))
            {
                venues.Add(definition.Venue);
            }
        }

        return venues;
    }

    /// <summary>Tells readers that this ends, and removes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static unsafe void Tell(QuoteFile file, ILoggerFactory logs) => Log.SharedMemory(
        logs.CreateLogger("SharedMemory"),
        file.Path,
        file.Header->Epoch,
        file.Shape.RingSlots,
        file.Shape.FileBytes);
}

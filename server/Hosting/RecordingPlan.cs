using System;
using System.Collections.Generic;
using System.IO;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Server.Options;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>The recordings of what venues send, where they are asked for.</summary>
internal static class RecordingPlan
{
    /// <summary>A recorder for each venue's connection; none when no recording is asked for.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="signal">Wakes the thread that writes.</param>
    public static IReadOnlyList<FrameRecorder> MakeRecorders(QuoterOptions options, WaitSignal signal)
    {
        var recorders = new List<FrameRecorder>();
        foreach (var venue in options.Record is null ? [] : options.Venues)
        {
            recorders.Add(new FrameRecorder(venue.Name, signal));
        }

        return recorders;
    }

    /// <summary>Makes the files; null when no recording is asked for.</summary>
    /// <exception cref="OptionsException">The directory cannot be written to.</exception>
    public static RecordingWriter? Open(
        QuoterOptions options, IReadOnlyList<FrameRecorder> recorders, ILoggerFactory logs)
    {
        if (options.Record is null)
        {
            return null;
        }

        var log = logs.CreateLogger("Recording");
        try
        {
            var writer = new RecordingWriter(options.Record, recorders, log);
            foreach (var file in writer.Files)
            {
                Log.Recording(log, file.Venue, file.Path);
            }

            return writer;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"record: cannot write to {options.Record}: {e.Message}");
        }
    }

    /// <summary>Its thread, or none.</summary>
    public static IReadOnlyList<AgentThread> MakeThreads(
        QuoterOptions options, RecordingWriter? writer, WaitSignal signal, Action<Exception> onFatal) => writer is null
        ? []
        :
        [
            new AgentThread(
                "recorder", writer, WaitStrategyKind.Blocking, signal, options.Cores.Of("recorder"), onFatal),
        ];
}

using System;
using System.Collections.Generic;
using System.IO;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Server.Options;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>The journal beside the engine, where one is asked for.</summary>
internal static class JournalPlan
{
    /// <summary>Makes the file; null when no journal is asked for.</summary>
    /// <exception cref="OptionsException">The directory cannot be written to.</exception>
    public static JournalWriter? Open(QuoterOptions options, BookTable table, ILoggerFactory logs)
    {
        if (options.Journal is null)
        {
            return null;
        }

        var log = logs.CreateLogger("Journal");
        try
        {
            var journal = JournalWriter.Create(options.Journal, JournalHeader.Of(table, options.Levels), log);
            Log.Journal(log, journal.Name);
            return journal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"journal: cannot write to {options.Journal}: {e.Message}");
        }
    }

    /// <summary>
    /// Its thread, or none. It is stopped behind the engine's, so that it has taken everything by then.
    /// </summary>
    public static IReadOnlyList<AgentThread> MakeThreads(
        QuoterOptions options, QuoterPipeline pipeline, JournalWriter? journal, Action<Exception> onFatal)
    {
        if (journal is null)
        {
            return [];
        }

        var follower = pipeline.Follow(0, journal);
        return
        [
            new AgentThread(
                "journal",
                follower,
                WaitStrategyKind.Blocking,
                follower.Signal,
                options.Cores.Of("journal"),
                onFatal),
        ];
    }
}

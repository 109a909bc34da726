using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.SharedMemory;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>
/// The pipeline and its threads as the configuration wants them: made in one place, so that the one that is only there
/// to be compiled is the same in every type.
/// </summary>
internal static class PipelinePlan
{
    /// <summary>Books, lanes and quotes.</summary>
    /// <param name="options">What is quoted.</param>
    /// <param name="waits">How threads wait.</param>
    /// <param name="table">The books; null: those of the options and no others.</param>
    public static QuoterPipeline Make(
        QuoterOptions options, WaitPlan waits, BookTable? table = null) => QuoterPipeline.Make(
        options.Book,
        table ?? BookPlan.Make(options),
        new PipelineOptions
        {
            Lanes = options.Venues.Count,
            Levels = options.Levels,
            LaneCapacity = options.LaneCapacity,
            QuoteCapacity = options.QuoteCapacity,
            EngineSleeps = waits.Engine == WaitStrategyKind.Blocking,
            PublisherSleeps = waits.Publisher == WaitStrategyKind.Blocking,
            OneThread = options.Threading == ThreadingMode.Shared,
            Followers = options.Journal is null ? 0 : 1,
        },
        default(MonotonicClock));

    /// <summary>The threads that drive pipeline and publisher, from the clients' end to the venues' end.</summary>
    /// <param name="options">How many threads, and where.</param>
    /// <param name="waits">How they wait.</param>
    /// <param name="pipeline">Books and quotes.</param>
    /// <param name="publisher">Streams.</param>
    /// <param name="onFatal">What a failure is told to.</param>
    /// <param name="shared">
    /// Follows the pipeline on its own thread, since a hop would cost more than what it does; null: nothing does.
    /// </param>
    public static IReadOnlyList<AgentThread> MakeThreads(
        QuoterOptions options,
        WaitPlan waits,
        QuoterPipeline pipeline,
        QuotePublisher publisher,
        Action<Exception> onFatal,
        SharedMemoryStage? shared = null)
    {
        var sleepMillis = shared is null ? AgentThread.SleepMillisMax : SharedMemoryStage.SleepMillisMax;
        var engineCore = options.Cores.Of("engine");
        if (options.Threading == ThreadingMode.Shared)
        {
            var all = shared is null
                ? new AgentGroup(pipeline, publisher)
                : new AgentGroup(pipeline, shared.Writer, publisher);
            return
            [
                new AgentThread("quoter", all, waits.Engine, pipeline.EngineSignal, engineCore, onFatal, sleepMillis),
            ];
        }

        return
        [
            new AgentThread(
                "publisher",
                publisher,
                waits.Publisher,
                pipeline.PublisherSignal,
                options.Cores.Of("publisher"),
                onFatal),
            new AgentThread(
                "engine",
                shared is null ? pipeline : new AgentGroup(pipeline, shared.Writer),
                waits.Engine,
                pipeline.EngineSignal,
                engineCore,
                onFatal,
                sleepMillis),
        ];
    }
}

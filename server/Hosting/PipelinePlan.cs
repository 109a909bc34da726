using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Options;

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
    public static IReadOnlyList<AgentThread> MakeThreads(
        QuoterOptions options,
        WaitPlan waits,
        QuoterPipeline pipeline,
        QuotePublisher publisher,
        Action<Exception> onFatal)
    {
        var engineCore = options.Cores.Of("engine");
        if (options.Threading == ThreadingMode.Shared)
        {
            var both = new AgentGroup(pipeline, publisher);
            return [new AgentThread("quoter", both, waits.Engine, pipeline.EngineSignal, engineCore, onFatal)];
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
            new AgentThread("engine", pipeline, waits.Engine, pipeline.EngineSignal, engineCore, onFatal),
        ];
    }
}

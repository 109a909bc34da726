using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>The pipeline with the books of the hot path, for whoever has no choice of them to offer.</summary>
/// <param name="table">The books.</param>
/// <param name="options">Sizes.</param>
/// <param name="clock">Time.</param>
/// <typeparam name="TClock">The engine's time.</typeparam>
public sealed class QuoterPipeline<TClock>(BookTable table, PipelineOptions options, TClock clock)
    : BookPipeline<TClock, LadderSide<BidSide>, LadderSide<AskSide>>(table, options, clock)
    where TClock : IClock;

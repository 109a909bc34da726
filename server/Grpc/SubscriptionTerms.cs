namespace LowLatencyQuoter.Server.Grpc;

/// <summary>How a stream wants its quotes.</summary>
/// <param name="IsLatestOnly">
/// True: the latest quote when the client takes one, and what came between is left out.
/// </param>
/// <param name="IntervalNanos">With the latest only: least time between two quotes of an instrument.</param>
/// <param name="EndsWhenBehind">True: a client that is too far behind loses its stream; false: it is conflated.</param>
internal sealed record SubscriptionTerms(
    bool IsLatestOnly = false, long IntervalNanos = 0, bool EndsWhenBehind = false);

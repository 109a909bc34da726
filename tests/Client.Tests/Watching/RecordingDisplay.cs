using System;
using System.Collections.Generic;
using LowLatencyQuoter.Client.Quotes;
using LowLatencyQuoter.Client.Watching;
using Orderbook;

namespace LowLatencyQuoter.Client.Tests.Watching;

/// <summary>Notes what it was told, and runs what the test wants to happen then.</summary>
internal sealed class RecordingDisplay : IQuoteDisplay
{
    /// <summary>What happened, in order: connecting, quote, or the status of a loss.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Runs after each loss.</summary>
    public Action OnLost { get; init; } = static () => { };

    /// <inheritdoc/>
    public void Connecting() => Events.Add("connecting");

    /// <inheritdoc/>
    public void Show(Summary quote) => Events.Add("quote");

    /// <inheritdoc/>
    public void Lost(QuoteStreamException failure, TimeSpan retryIn)
    {
        Events.Add(FailureLine.StatusName(failure.Status));
        OnLost();
    }
}

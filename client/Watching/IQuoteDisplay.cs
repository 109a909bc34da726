using System;
using LowLatencyQuoter.Client.Quotes;
using Orderbook;

namespace LowLatencyQuoter.Client.Watching;

/// <summary>Where a watched stream is shown. Called by one thread at a time.</summary>
internal interface IQuoteDisplay
{
    /// <summary>A call begins.</summary>
    void Connecting();

    /// <summary>A quote arrived.</summary>
    void Show(Summary quote);

    /// <summary>The stream broke and another attempt follows.</summary>
    void Lost(QuoteStreamException failure, TimeSpan retryIn);
}

using System;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>Told after every step of a book, changed or not; a venue's publisher.</summary>
internal interface IBookObserver
{
    /// <summary>The book stands as it is after the step; called under the market's gate, must not wait.</summary>
    /// <param name="book">The book, with the step's changes.</param>
    /// <param name="marketTime">Market time since the start: cadences count in it, so they follow the rate.</param>
    void Stepped(SimulatedBook book, TimeSpan marketTime);
}

using System;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>Both pipelines with the same recordings.</summary>
internal sealed class PipelinePair : IDisposable
{
    private const int CheckedMessages = 700;   // a little more than once round

    /// <summary>Ours.</summary>
    public OurPipeline Ours { get; } = new();

    /// <summary>The baseline.</summary>
    public TypicalPipeline Typical { get; } = new();

    /// <summary>Plays the same messages to both; every one must give the same quote, or none, on both.</summary>
    public void Check()
    {
        var ourFirst = Ours.QuoteCount;
        var typicalFirst = Typical.QuoteCount;
        for (var message = 0; message < CheckedMessages; message++)
        {
            Ours.Decode();
            Ours.Handle();
            Typical.Decode();
            Typical.Handle();
            if (Ours.QuoteCount - ourFirst != Typical.QuoteCount - typicalFirst || !IsSame())
            {
                throw new ComparisonException(
                    $"the quotes of the two pipelines differ after message {message}: "
                    + $"{Ours.QuoteCount - ourFirst} and {Typical.QuoteCount - typicalFirst} were published");
            }
        }

        Ours.Verify();
    }

    /// <inheritdoc/>
    public void Dispose() => Ours.Dispose();

    private bool IsSame() =>
        Ours.Quote.TryReadLatest()
        && IsSame(Ours.Quote.Bids, Typical.Quote.Bids)
        && IsSame(Ours.Quote.Asks, Typical.Quote.Asks);

    private bool IsSame(ReadOnlySpan<QuoteRow> ours, TypicalRow[] typical)
    {
        var price = (decimal)Math.Pow(10, Ours.Quote.Header.PriceScale);
        var quantity = (decimal)Math.Pow(10, Ours.Quote.Header.QuantityScale);
        var same = ours.Length == typical.Length;
        for (var row = 0; same && row < ours.Length; row++)
        {
            same = ours[row].Price / price == typical[row].Price
                && ours[row].Quantity / quantity == typical[row].Amount
                && ours[row].Member == typical[row].Venue;
        }

        return same;
    }
}

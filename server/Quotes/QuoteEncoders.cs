using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Membership;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>Makes the encoder that subscribers want. Threads: any; what is made has one.</summary>
/// <param name="table">Names the venues.</param>
/// <param name="fees">Their fees.</param>
/// <param name="unix">Makes times of the engine those of Unix.</param>
internal sealed class QuoteEncoders(BookTable table, FeeSchedule fees, UnixClock unix)
{
    /// <summary>The encoder of a feed.</summary>
    /// <param name="key">What is wanted.</param>
    /// <param name="levels">Rows a side that quotes have.</param>
    public IFrameEncoder Make(FeedKey key, int levels)
    {
        IFrameEncoder plain = key.Terms is { } terms
            ? Make(key.Seat, terms, levels)
            : new SummaryEncoder(levels, table.Definitions);
        return key.IsGzip ? new GzipEncoder(plain) : plain;
    }

    /// <summary>The encoder of an instrument's quotes.</summary>
    /// <param name="seat">The instrument.</param>
    /// <param name="terms">How they look.</param>
    /// <param name="levels">Rows a side that quotes have.</param>
    public QuoteEncoder Make(InstrumentSeat seat, QuoteTerms terms, int levels) =>
        new(seat, terms, levels, table, fees, unix);
}

using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>Writes a book that stood by into the engine's lane. Threads: the reader's.</summary>
internal static class HandedOverBook
{
    /// <summary>
    /// Writes the book as a snapshot that replaces the engine's; false, with nothing written, when the lane cannot hold
    /// it.
    /// </summary>
    /// <param name="decoder">The decoder of the link that stood by, on the engine's lane already.</param>
    /// <param name="book">The book.</param>
    /// <param name="copy">Its levels.</param>
    /// <param name="status">Its status where it stood by.</param>
    public static bool TryWrite(DepthDecoder decoder, int book, BookCopy copy, BookStatus status)
    {
        decoder.ReceivedNanos = status.LastReceivedNanos;
        if (!decoder.TryBeginWhole(book, copy.PriceScale, copy.QuantityScale))
        {
            return false;
        }

        if (!TryStore(decoder, Side.Bid, copy.Bids) || !TryStore(decoder, Side.Ask, copy.Asks))
        {
            decoder.Abandon();
            return false;
        }

        decoder.Message.LastUpdateId = copy.LastUpdateId;
        decoder.Message.VenueUnixNanos = status.LastVenueUnixNanos;
        decoder.Commit();
        return true;
    }

    private static bool TryStore(DepthDecoder decoder, Side side, IReadOnlyList<Level> levels)
    {
        for (var rank = 0; rank < levels.Count; rank++)
        {
            if (!decoder.TryStore(side, levels[rank].Price, levels[rank].Quantity))
            {
                return false;
            }
        }

        return true;
    }
}

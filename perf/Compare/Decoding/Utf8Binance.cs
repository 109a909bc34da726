using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The combined diff stream of Binance.</summary>
internal readonly struct Utf8Binance : IUtf8Dialect
{
    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                return TryReadDiff(ref reader, symbol, update);
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TryReadDiff(ref Utf8JsonReader reader, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : (byte)0;
            switch (name)
            {
                case (byte)'e':
                    reader.Read();
                    known += reader.ValueTextEquals("depthUpdate"u8) ? 1 : 0;
                    break;
                case (byte)'s':
                    reader.Read();
                    known += reader.ValueTextEquals(symbol) ? 1 : 0;
                    break;
                case (byte)'E':
                    reader.Read();
                    update.VenueTime = reader.GetInt64();
                    break;
                case (byte)'U':
                    reader.Read();
                    update.FirstUpdateId = reader.GetInt64();
                    break;
                case (byte)'u':
                    reader.Read();
                    update.LastUpdateId = reader.GetInt64();
                    break;
                case (byte)'b':
                    known += Utf8Rows.TryReadQuoted(ref reader, update.Bids, out update.BidCount) ? 1 : 0;
                    break;
                case (byte)'a':
                    known += Utf8Rows.TryReadQuoted(ref reader, update.Asks, out update.AskCount) ? 1 : 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return known == 4;
    }
}

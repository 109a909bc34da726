using System;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The obu streams of Gate.</summary>
internal readonly struct Utf8Gateio : IUtf8Dialect
{
    private static ReadOnlySpan<byte> Prefix => "ob."u8;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8))
            {
                reader.Read();
                known += reader.ValueTextEquals("spot.obu"u8) ? 1 : 0;
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                known += TryReadResult(ref reader, symbol, update) ? 1 : 0;
            }
            else
            {
                reader.Skip();
            }
        }

        return known == 2;
    }

    private static bool TryReadResult(ref Utf8JsonReader reader, ReadOnlySpan<byte> symbol, DepthUpdate update)
    {
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : (byte)0)
            {
                case (byte)'s':
                    reader.Read();
                    known += IsStreamOf(reader.ValueSpan, symbol) ? 1 : 0;
                    break;
                case (byte)'t':
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

        return known == 3;
    }

    private static bool IsStreamOf(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> symbol) =>
        stream.StartsWith(Prefix) && stream[Prefix.Length..].StartsWith(symbol)
        && stream[(Prefix.Length + symbol.Length)..].StartsWith("."u8);
}

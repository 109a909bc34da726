using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// The general way to the levels of an event: <c>{"side":"bid","price_level":"21921.73","new_quantity":"0.06"}</c>,
/// keys in any order (step 6).
/// </summary>
[Engine.HotPath]
internal static class CoinbaseAdvancedRows
{
    /// <summary>Reads them into the open message; false with the decoder's fault set.</summary>
    public static bool TryRead(ref JsonScanner json, JsonPlace updates, DepthDecoder decoder)
    {
        json.Return(updates);
        if (!json.TryEnterArray())
        {
            return decoder.Fail(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            if (!TryReadRow(ref json, decoder))
            {
                return decoder.Fail(FaultCode.MalformedMessage);
            }
        }

        return json.Fault == JsonFault.None || decoder.Fail(FaultCode.MalformedMessage);
    }

    private static bool TryReadRow(ref JsonScanner json, DepthDecoder decoder)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        JsonText side = default;
        ReadOnlySpan<byte> price = default;
        ReadOnlySpan<byte> quantity = default;
        while (json.TryNextName(out var name))
        {
            if (name.Is("side"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out side);
            }
            else if (name.Is("price_level"u8))
            {
                decoder.TryReadPrice(ref json, out price);
            }
            else if (name.Is("new_quantity"u8))
            {
                decoder.TryReadQuantity(ref json, out quantity);
            }
            else
            {
                json.TrySkip();
            }
        }

        var isBid = side.Is("bid"u8);
        return json.Fault == JsonFault.None
            && (isBid || side.Is("offer"u8))
            && decoder.TryAdd(isBid ? Side.Bid : Side.Ask, price, quantity);
    }
}

using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// The body of <c>GET /v2/conf/pub:list:pair:exchange</c>: the names of pairs, which are symbols without their
/// <c>t</c> (step 10). It declares no price step, since prices have five significant digits.
/// </summary>
internal static class BitfinexInstruments
{
    private const string What = "Bitfinex pub:list:pair:exchange";
    private const int AmountDecimals = 8;

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var lists = document.RootElement;
        if (lists.ValueKind != JsonValueKind.Array || lists.GetArrayLength() == 0
            || lists[0].ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{What} is no array that holds a list");
        }

        var found = new List<Precision>();
        foreach (var pair in lists[0].EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.String)
            {
                throw new FormatException($"{What} lists something that is not a name");
            }

            found.Add(new Precision("t" + pair.GetString(), 0, AmountDecimals));
        }

        return found;
    }
}

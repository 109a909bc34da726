using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// One element of <c>data</c>: a snapshot, or an update, whose sides stand one level deeper (step 4).
/// </summary>
[Engine.HotPath]
internal static class CryptocomBooks
{
    /// <summary>Notes where everything stands; false when the element is no object.</summary>
    public static bool TryRead(ref JsonScanner json, ref CryptocomBookFields fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("update"u8) && json.Peek() == JsonKind.Object)
            {
                ReadSides(ref json, ref fields);
            }
            else if (name.Is("t"u8))
            {
                json.TryReadInteger(out fields.Time);
            }
            else if (name.Is("u"u8))
            {
                fields.HasId = json.TryReadInteger(out fields.Id);
            }
            else if (name.Is("pu"u8))
            {
                fields.HasPreviousId = json.TryReadInteger(out fields.PreviousId);
            }
            else
            {
                NotePlace(ref json, name, ref fields);   // cs is not documented, tt of no use
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static void ReadSides(ref JsonScanner json, ref CryptocomBookFields fields)
    {
        json.TryEnterObject();
        while (json.TryNextName(out var name))
        {
            NotePlace(ref json, name, ref fields);
        }
    }

    private static void NotePlace(ref JsonScanner json, JsonText name, ref CryptocomBookFields fields)
    {
        if (name.Is("bids"u8))
        {
            fields.Bids = json.Place;
        }
        else if (name.Is("asks"u8))
        {
            fields.Asks = json.Place;
        }

        json.TrySkip();
    }
}

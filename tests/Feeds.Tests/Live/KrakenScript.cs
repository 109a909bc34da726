using System.Globalization;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>Frames of Kraken for scripted peers. Without checksums: the field is optional for the decoder.</summary>
internal static class KrakenScript
{
    public const string Snapshot =
        """{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[{"price":100.0,"qty":1.0}],"asks":[{"price":101.0,"qty":1.0}]}]}""";

    public static string Update(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":{{90 + (number % 9)}}.5,"qty":{{number % 7}}.5}],"asks":[]}]}""");
}

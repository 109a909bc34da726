using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Venues.Binance;
using LowLatencyQuoter.Feeds.Venues.Bitfinex;
using LowLatencyQuoter.Feeds.Venues.Bitstamp;
using LowLatencyQuoter.Feeds.Venues.Bybit;
using LowLatencyQuoter.Feeds.Venues.Coinbase;
using LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Feeds.Venues.Cryptocom;
using LowLatencyQuoter.Feeds.Venues.Gateio;
using LowLatencyQuoter.Feeds.Venues.Kraken;
using LowLatencyQuoter.Feeds.Venues.KuCoin;
using LowLatencyQuoter.Feeds.Venues.Okx;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>The decoders.</summary>
internal static class DecodeCases
{
    private const string Baseline = "Utf8JsonReader into scaled integers";
    private const string Unit = "ns/level";
    private const int UsualLevels = 20;
    private const long Cent = 1_000_000;     // 0.01 at scale 8
    private const long Dime = 10_000_000;    // 0.1
    private const long Unity = 100_000_000;  // 1
    private const long BinanceLot = 1_000;   // 0.00001
    private const long FirstId = 50_123_456_789;
    private const long FirstMicros = 1_641_343_698_093_521;

    /// <summary>In the order of the list.</summary>
    public static IEnumerable<ComparisonCase> All =>
    [
        new("decode.binance.20", Unit, false, Baseline, "a Binance diff of 20 levels into the lane", () => Binance(20)),
        new("decode.binance.200", Unit, false, Baseline, "a Binance diff of 200 levels into the lane",
            () => Binance(200)),
        new("decode.binance_sbe", Unit, false, "BinaryPrimitives into scaled integers",
            "a binary Binance diff of 20 levels into the lane", BinanceSbe),
        new("decode.bitstamp", Unit, false, Baseline, "a Bitstamp diff of 20 levels into the lane", Bitstamp),
        new("decode.coinbase", Unit, false, Baseline, "a Coinbase Exchange batch of 20 levels into the lane", Coinbase),
        new("decode.coinbase_advanced", Unit, false, Baseline,
            "a Coinbase Advanced Trade update of 20 levels into the lane", CoinbaseAdvanced),
        new("decode.kraken", Unit, false, Baseline, "a Kraken book update of 20 levels into the lane", Kraken),
        new("decode.okx", Unit, false, Baseline, "an OKX update of 20 levels into the lane", Okx),
        new("decode.bybit", Unit, false, Baseline, "a Bybit delta of 20 levels into the lane", Bybit),
        new("decode.kucoin", Unit, false, Baseline, "a KuCoin update of 20 levels into the lane", KuCoin),
        new("decode.gateio", Unit, false, Baseline, "a Gate obu update of 20 levels into the lane", Gateio),
        new("decode.bitfinex", Unit, false, Baseline, "a Bitfinex bulk update of 20 levels into the lane", Bitfinex),
        new("decode.cryptocom", Unit, false, Baseline, "a Crypto.com update of 20 levels into the lane", Cryptocom),
    ];

    private static DecodeComparison<BinanceDialect, Utf8Binance> Binance(int levels) => new(
        VenueText.BinanceSymbol, levels, 2, 5, FrameSet.Make(levels, Cent, BinanceLot, static (frame, bids, asks) =>
            VenueText.Binance(FirstId + (frame * 3), FirstId + (frame * 3) + 2, bids, asks)));

    private static DecodeComparison<BinanceSbeDialect, PrimitivesBinanceSbe> BinanceSbe() => new(
        VenueText.BinanceSymbol, UsualLevels, 2, 5, FrameSet.Make(
            UsualLevels,
            Cent,
            BinanceLot,
            static (frame, bids, asks) =>
                VenueBytes.Binance(FirstId + (frame * 3), FirstId + (frame * 3) + 2, bids, asks),
            16));

    private static DecodeComparison<BitstampDialect, Utf8Bitstamp> Bitstamp() => new(
        VenueText.BitstampSymbol, UsualLevels, 2, 8, FrameSet.Make(UsualLevels, Cent, 1, static (frame, bids, asks) =>
            VenueText.Bitstamp(FirstMicros + (frame * 100_000L), bids, asks)));

    private static DecodeComparison<CoinbaseDialect, Utf8Coinbase> Coinbase() => new(
        VenueText.CoinbaseSymbol, UsualLevels, 2, 8, FrameSet.Make(UsualLevels, Cent, 1, static (frame, bids, asks) =>
            VenueText.Coinbase(frame, bids, asks)));

    private static DecodeComparison<CoinbaseAdvancedDialect, Utf8CoinbaseAdvanced> CoinbaseAdvanced() => new(
        VenueText.CoinbaseSymbol, UsualLevels, 2, 8, FrameSet.Make(
            UsualLevels, Cent, 1, static (frame, bids, asks) => VenueText.CoinbaseAdvanced(frame, bids, asks), 120));

    private static DecodeComparison<KrakenDialect, Utf8Kraken> Kraken() => new(
        VenueText.KrakenSymbol, UsualLevels, 1, 8, FrameSet.Make(UsualLevels, Dime, 1, static (frame, bids, asks) =>
            VenueText.Kraken((uint)frame * 2_654_435_761u, bids, asks)));

    private static DecodeComparison<OkxDialect, Utf8Okx> Okx() => new(
        VenueText.OkxSymbol, UsualLevels, 1, 8, FrameSet.Make(UsualLevels, Dime, 1, static (frame, bids, asks) =>
            VenueText.Okx(FirstId + (frame * 7), bids, asks)));

    private static DecodeComparison<BybitDialect, Utf8Bybit> Bybit() => new(
        VenueText.BybitSymbol, UsualLevels, 2, 6, FrameSet.Make(UsualLevels, Cent, 100, static (frame, bids, asks) =>
            VenueText.Bybit(FirstId + frame, bids, asks)));

    private static DecodeComparison<KuCoinDialect, Utf8KuCoin> KuCoin() => new(
        VenueText.KuCoinSymbol, UsualLevels, 1, 8, FrameSet.Make(UsualLevels, Dime, 1, static (frame, bids, asks) =>
            VenueText.KuCoin(FirstId + (frame * 20L), bids, asks)));

    private static DecodeComparison<GateioDialect, Utf8Gateio> Gateio() => new(
        VenueText.GateioSymbol, UsualLevels, 1, 8, FrameSet.Make(UsualLevels, Dime, 1, static (frame, bids, asks) =>
            VenueText.Gateio(FirstId + (frame * 3L), FirstId + (frame * 3L) + 2, bids, asks)));

    private static DecodeComparison<BitfinexDialect, Utf8Bitfinex> Bitfinex() => new(
        VenueText.BitfinexSymbol, UsualLevels, 0, 8, FrameSet.Make(UsualLevels, Unity, 1, static (frame, bids, asks) =>
            VenueText.Bitfinex(frame + 1, bids, asks)), VenueText.BitfinexOpening);

    private static DecodeComparison<CryptocomDialect, Utf8Cryptocom> Cryptocom() => new(
        VenueText.CryptocomSymbol, UsualLevels, 2, 5, FrameSet.Make(
            UsualLevels, Cent, BinanceLot, static (frame, bids, asks) =>
                VenueText.Cryptocom(FirstId + (frame * 7), FirstId + (frame * 7) + 7, bids, asks)));
}

using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Venues.Binance;
using LowLatencyQuoter.Exchange.Venues.Bitfinex;
using LowLatencyQuoter.Exchange.Venues.Bybit;
using LowLatencyQuoter.Exchange.Venues.Coinbase;
using LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Exchange.Venues.Cryptocom;
using LowLatencyQuoter.Exchange.Venues.Gateio;
using LowLatencyQuoter.Exchange.Venues.KuCoin;
using LowLatencyQuoter.Exchange.Venues.Okx;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange;

/// <summary>What an <see cref="ExchangeHost"/> serves and where. The defaults suit an embedded exchange.</summary>
public sealed record ExchangeOptions
{
    /// <summary>
    /// Venues to serve, by the names of the design. Null (the default) serves every simulated venue, or, with
    /// <see cref="Playback"/>, only the recorded one. Venues beside the recorded one are simulated.
    /// </summary>
    public IReadOnlyList<string>? Venues { get; init; }

    /// <summary>Instruments such as <c>BTC/USDT</c>; null (the default) means all the simulation knows.</summary>
    public IReadOnlyList<string>? Instruments { get; init; }

    /// <summary>Seed of the simulated flow; the same seed gives the same books. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Speed of market time, over 0 up to 1000: at 10 books change and are published ten times as often. Default 1.
    /// </summary>
    public double Rate { get; init; } = 1;

    /// <summary>A recording to play back in place of a simulation; null (the default) for none.</summary>
    public PlaybackOptions? Playback { get; init; }

    /// <summary>Host name or address to listen on. Default 127.0.0.1.</summary>
    public string Hostname { get; init; } = "127.0.0.1";

    /// <summary>Port to listen on, 0 to 65535; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>With a certificate (and its private key) the port speaks wss and https only. Default none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Where log lines go; null (the default) logs nothing. The host does not dispose it.</summary>
    public ILoggerProvider? LogSink { get; init; }

    /// <summary>The clock everything of the exchange runs on. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Frames that may wait for one session. A client that reads so slowly that one more would wait is cut off, and
    /// counted in <see cref="ExchangeHost.SlowSessionsCut"/>; nobody else notices. Default 8192.
    /// </summary>
    public int SessionQueueFrames { get; init; } = 8192;

    /// <summary>Bytes that may wait for one session, with the same policy. Default 32 MiB.</summary>
    public int SessionQueueBytes { get; init; } = 32 << 20;

    /// <summary>Faults that are armed from the start, by venue; none by default.</summary>
    public IReadOnlyList<KeyValuePair<string, Fault>> Faults { get; init; } = [];

    /// <summary>States of each simulated book to keep for a judge; 0 (the default) for none.</summary>
    public int HistoryStates { get; init; }

    /// <summary>Levels a side that are kept of each state. Default 20.</summary>
    public int HistoryDepth { get; init; } = 20;

    /// <summary>
    /// How long a session may last before it is closed with 1001, whatever its venue; zero (the default): for ever.
    /// </summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.Zero;

    /// <summary>The limits Binance enforces. Defaults are the venue's.</summary>
    public BinanceLimits Binance { get; init; } = new();

    /// <summary>What of Coinbase Exchange can be chosen. Defaults are the venue's of today.</summary>
    public CoinbaseSettings Coinbase { get; init; } = new();

    /// <summary>What of Coinbase Advanced Trade can be chosen. Defaults are the venue's of today.</summary>
    public CoinbaseAdvancedSettings CoinbaseAdvanced { get; init; } = new();

    /// <summary>What of OKX can be chosen. Defaults are the venue's of today.</summary>
    public OkxSettings Okx { get; init; } = new();

    /// <summary>What of Bybit can be chosen. Defaults are the venue's of today.</summary>
    public BybitSettings Bybit { get; init; } = new();

    /// <summary>The limits KuCoin enforces. Defaults are the venue's.</summary>
    public KuCoinLimits KuCoin { get; init; } = new();

    /// <summary>The limits Gate enforces. Defaults are the venue's.</summary>
    public GateioLimits Gateio { get; init; } = new();

    /// <summary>What of Bitfinex can be chosen. Defaults are the venue's of today.</summary>
    public BitfinexSettings Bitfinex { get; init; } = new();

    /// <summary>What of Crypto.com can be chosen. Defaults are the venue's of today.</summary>
    public CryptocomSettings Cryptocom { get; init; } = new();

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ExchangeConfigurationException">Names the first value that is not.</exception>
    internal void Validate()
    {
        Require(Rate is > 0 and <= 1000, $"rate {Rate} is out of range: give more than 0 and at most 1000");
        Require(Port is >= 0 and <= 65535, $"port {Port} is out of range: give 0 to 65535");
        Require(Hostname.Length > 0, "the host name is empty: give one such as localhost");
        Require(SessionQueueFrames > 0, "the session queue needs room for at least one frame");
        Require(HistoryStates >= 0 && HistoryDepth > 0, "a history has states, and each of them levels");
        Require(SessionQueueBytes > 0, "the session queue needs room for at least one byte");
        Require(SessionLife >= TimeSpan.Zero, "the life of a session is negative: give a time, or zero for no bound");
        Require(
            Certificate is null or { HasPrivateKey: true },
            "the certificate has no private key: give the key of the certificate too (--key)");
        Binance.Validate();
        Coinbase.Validate();
        CoinbaseAdvanced.Validate();
        Okx.Validate();
        Bybit.Validate();
        KuCoin.Validate();
        Gateio.Validate();
        Bitfinex.Validate();
        Cryptocom.Validate();
    }

    private static void Require(bool holds, FormattableString message)
    {
        if (!holds)
        {
            throw new ExchangeConfigurationException(FormattableString.Invariant(message));
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ExchangeConfigurationException(message);
        }
    }
}

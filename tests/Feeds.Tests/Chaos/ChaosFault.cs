using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Testing;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>One thing that can go wrong at a venue whose feed can find it out.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Faults">Armed at the exchange, in this order; a symbol is drawn for the first.</param>
/// <param name="Toxics">What the venue's proxy does for a while; null: nothing.</param>
/// <param name="Strike">What the proxy does at once; null: nothing.</param>
internal sealed record ChaosFault(
    string Name,
    IReadOnlyList<Fault> Faults,
    Toxics? Toxics = null,
    Action<ChaosProxy>? Strike = null)
{
    private static readonly string[] Unchained = ["bitstamp", "coinbase"];
    private static readonly string[] RestBooks = ["binance", "bitstamp", "kucoin"];

    /// <summary>
    /// What may happen at a venue. A lost update at a venue that numbers nothing, or a wrong digit without a checksum,
    /// is not among it, nor are Bitstamp's snapshots of another symbol: nothing on the wire tells, and only a
    /// comparison with the venue's book finds it.
    /// </summary>
    public static ChaosFault[] Of(string venue) => [.. Wire(venue), .. Rest(venue), .. Network()];

    private static IEnumerable<ChaosFault> Wire(string venue)
    {
        foreach (var name in (string[])["duplicate", "malformed", "truncated", "trailing-garbage", "invalid-utf8"])
        {
            yield return One(name);
        }

        if (!Unchained.Contains(venue))
        {
            yield return One("drop");
            yield return One("reorder");
            yield return new("freeze", [new Fault { Name = "freeze", For = TimeSpan.FromMilliseconds(400) }]);
        }

        if (venue is "binance" or "kucoin")
        {
            yield return new("dead symbol", [new Fault { Name = "freeze" }]);
        }

        if (venue == "kraken")
        {
            yield return One("corrupt-quantity");
            yield return One("checksum-wrong");
        }

        if (venue is "bitfinex" or "kraken")
        {
            yield return One("checksum-zero");
        }

        foreach (var name in (string[])["snapshot-lost", "ack-late"])
        {
            if (FaultCatalog.Find(name, "kraken").AppliesTo(venue))
            {
                yield return new(name, [new Fault { Name = name }, new Fault { Name = "reset" }]);
            }
        }

        foreach (var name in (string[])["snapshot-midstream", "service-restart", "sequence-falls", "idle-tick"])
        {
            if (FaultCatalog.All.First(behavior => behavior.Name == name).AppliesTo(venue))
            {
                yield return One(name);
            }
        }

        if (venue is "binance" or "bitstamp" or "okx" or "bitfinex")
        {
            yield return One("notice");
        }

        yield return new("huge-frame", [new Fault { Name = "huge-frame", Bytes = 2_000_000 }]);
        yield return new("lag", [Lasting("lag", 500) with { Delay = TimeSpan.FromMilliseconds(100) }]);
        yield return new("crossed", [Lasting("crossed", 300)]);
        yield return new("crossed for long", [Lasting("crossed", 1_500)]);
        yield return One("reset");
        yield return new("close 1001", [new Fault { Name = "close" }]);
        yield return new("close 1012", [new Fault { Name = "close", Code = 1012 }]);
        yield return new("refuse-connect", [new Fault { Name = "refuse-connect" }, new Fault { Name = "reset" }]);
    }

    private static IEnumerable<ChaosFault> Rest(string venue)
    {
        if (!RestBooks.Contains(venue))
        {
            yield break;
        }

        foreach (var fault in (Fault[])
        [
            new() { Name = "rest-stale", Count = 2 },
            new() { Name = "rest-slow", Delay = TimeSpan.FromMilliseconds(1_200) },
            new() { Name = "rest-never" },
            new() { Name = "rest-status", Code = 429, RetryAfterSeconds = 1 },
            new() { Name = "rest-status", Code = 503 },
            new() { Name = "rest-truncated" },
            new() { Name = "rest-malformed" },
            new() { Name = "rest-huge", Bytes = 2_000_000 },
            new() { Name = "rest-wrong-symbol" },
        ])
        {
            if (venue == "bitstamp" && fault.Name == "rest-wrong-symbol")
            {
                continue;   // ids are times, which are those of any book
            }

            yield return new(
                fault.Code == 0 ? fault.Name : $"{fault.Name} {fault.Code}", [fault, new Fault { Name = "malformed" }]);
        }
    }

    private static IEnumerable<ChaosFault> Network()
    {
        yield return new("latency", [], new Toxics
        {
            Latency = TimeSpan.FromMilliseconds(60),
            Jitter = TimeSpan.FromMilliseconds(50),
        });
        yield return new("slicer", [], new Toxics { SliceMax = 200 });
        yield return new("bandwidth", [], new Toxics { BytesPerSecond = 200_000 });
        yield return new("limit_data", [], new Toxics { LimitBytes = 40_000 });
        yield return new("refused connections", [], new Toxics { RefusesConnections = true }, Reset);
        yield return new("black hole", [], new Toxics { IsBlackHole = true });
        yield return new("half-open", [], new Toxics { IsHalfOpen = true });
        yield return new("slow_close", [], new Toxics { SlowClose = TimeSpan.FromMilliseconds(300) }, Finish);
        yield return new("reset_peer", [], null, Reset);
        yield return new("fin", [], null, Finish);
    }

    private static void Reset(ChaosProxy proxy) => proxy.ResetPeers();

    private static void Finish(ChaosProxy proxy) => proxy.Finish();

    private static ChaosFault One(string name) => new(name, [new Fault { Name = name }]);

    private static Fault Lasting(string name, int millis) =>
        new() { Name = name, For = TimeSpan.FromMilliseconds(millis) };
}

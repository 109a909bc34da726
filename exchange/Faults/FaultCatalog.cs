using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>Every fault that can be provoked: the one table, printed in <c>docs/faults.md</c>.</summary>
public static class FaultCatalog
{
    private static readonly string[] RestBooks = ["binance", "bitstamp", "kucoin", "gateio"];
    private static readonly string[] SocketSnapshots =
        ["coinbase", "coinbase_advanced", "kraken", "okx", "bybit", "gateio", "bitfinex", "cryptocom"];

    private static readonly string[] Noticing = ["binance", "bitstamp", "okx", "bitfinex"];
    private static readonly string[] Repeating = ["bybit", "gateio", "kraken", "okx"];
    private static readonly string[] Checksums = ["kraken", "okx", "bitfinex"];
    private static readonly string[] ChainedBooks =
        ["binance", "kraken", "okx", "bybit", "kucoin", "gateio", "bitfinex", "cryptocom", "coinbase_advanced"];

    private static readonly string[] TextRows =
        ["binance", "bitstamp", "okx", "bybit", "kucoin", "gateio", "cryptocom"];

    /// <summary>The table, in the order of the documentation.</summary>
    public static IReadOnlyList<FaultBehavior> All { get; } =
    [
        new("drop", FaultPlace.Frame, [], "the next update never leaves: a gap where updates are chained"),
        new("duplicate", FaultPlace.Frame, [], "the next update leaves twice"),
        new("reorder", FaultPlace.Frame, [], "the next update leaves after the one that follows it"),
        new("corrupt-quantity", FaultPlace.Frame, [], "a digit of a quantity differs; the checksum is the old one"),
        new("checksum-wrong", FaultPlace.Frame, Checksums, "the next checksum is another number"),
        new("checksum-zero", FaultPlace.Frame, Checksums, "checksums are the constant 0"),
        new("malformed", FaultPlace.Frame, [], "the next update is no JSON: a bracket is another one"),
        new("truncated", FaultPlace.Frame, [], "the next update ends in its middle"),
        new("trailing-garbage", FaultPlace.Frame, [], "the next update is followed by bytes that are none of it"),
        new("invalid-utf8", FaultPlace.Frame, [], "the next update is a text frame that is not UTF-8"),
        new("finer-tick", FaultPlace.Frame, TextRows, "prices have a decimal more than the venue declares"),
        new("huge-frame", FaultPlace.Frame, [], "the next book frame has 8 MB and comes in fragments"),
        new("freeze", FaultPlace.Frame, [], "one symbol falls silent until it is subscribed anew; pings go on"),
        new("never-served", FaultPlace.Frame, [], "subscriptions are acknowledged, and nothing follows"),
        new("snapshot-lost", FaultPlace.Frame, SocketSnapshots, "the next snapshot on the socket never leaves"),
        new("ack-late", FaultPlace.Frame, SocketSnapshots, "data comes before its acknowledgement"),
        new("lag", FaultPlace.Frame, [], "every frame leaves so much late, and order stays"),
        new("delist", FaultPlace.Frame, [], "a symbol is listed no more, refused, and its frames end"),
        new("reset", FaultPlace.Connection, [], "all sockets are cut without a word"),
        new("close", FaultPlace.Connection, [], "all sockets are closed with a code, 1001 unless another is given"),
        new("notice", FaultPlace.Connection, Noticing, "the venue's own notice of an end"),
        new("refuse-connect", FaultPlace.Connection, [], "handshakes are answered with a status, 429 unless given"),
        new("rest-stale", FaultPlace.Rest, RestBooks, "the last snapshot served is served again, events behind"),
        new("rest-slow", FaultPlace.Rest, RestBooks, "snapshots come late while updates flow"),
        new("rest-never", FaultPlace.Rest, RestBooks, "snapshots are asked for and never answered"),
        new("rest-status", FaultPlace.Rest, RestBooks, "snapshots are refused with a status, 503 unless given"),
        new("rest-truncated", FaultPlace.Rest, RestBooks, "a snapshot ends in its middle"),
        new("rest-malformed", FaultPlace.Rest, RestBooks, "a snapshot is a page of HTML with status 200"),
        new("rest-wrong-symbol", FaultPlace.Rest, RestBooks, "the snapshot of another symbol is served"),
        new("rest-huge", FaultPlace.Rest, RestBooks, "a snapshot has 8 MB"),
        new("crossed", FaultPlace.Market, [], "a bid stands above the best ask for a while"),
        new("trend", FaultPlace.Market, [], "the market walks out of the window that was asked for"),
        new("snapshot-midstream", FaultPlace.Dialect, Repeating, "a whole book between updates"),
        new("service-restart", FaultPlace.Dialect, ["bybit"], "a snapshot with u 1, and the count begins anew"),
        new("sequence-falls", FaultPlace.Dialect, ["okx"], "seqId falls below prevSeqId and the chain goes on"),
        new("idle-tick", FaultPlace.Dialect, ["okx", "cryptocom"], "an empty update whose id is the one before"),
        new("live-checksum", FaultPlace.Dialect, ["okx"], "checksums are real again"),
        new("expired-tokens", FaultPlace.Dialect, ["kucoin"], "tokens that were granted are good no more"),
        new("private-channel", FaultPlace.Dialect, ["coinbase", "okx"], "the public channel wants a login"),
    ];

    /// <summary>Venues where a lost, repeated or late update can be seen by what the venue sends beside it.</summary>
    public static IReadOnlyList<string> Chained => ChainedBooks;

    /// <summary>The behavior of a name.</summary>
    /// <exception cref="ExchangeConfigurationException">There is none, or the venue cannot show it.</exception>
    public static FaultBehavior Find(string name, string venue)
    {
        var found = All.FirstOrDefault(behavior => behavior.Name == name)
            ?? throw new ExchangeConfigurationException(
                $"unknown fault '{name}': choose from {string.Join(", ", All.Select(behavior => behavior.Name))}");
        return found.AppliesTo(venue) ? found : throw new ExchangeConfigurationException(
            $"{venue} cannot show '{name}': it is for {string.Join(", ", found.Venues)}");
    }
}

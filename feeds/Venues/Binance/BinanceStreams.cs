using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>Streams by name: in the socket's path, or asked for on it. The same for text and binary ones.</summary>
internal static class BinanceStreams
{
    /// <summary>The path that subscribes (step 1).</summary>
    /// <param name="symbols">What to subscribe to.</param>
    /// <param name="streams">The streams of one symbol.</param>
    public static string Path(IReadOnlyList<string> symbols, Func<string, IEnumerable<string>> streams)
    {
        var names = new List<string>();
        foreach (var symbol in symbols)
        {
            names.AddRange(streams(symbol));
        }

        return "/stream?streams=" + string.Join('/', names);
    }

    /// <summary>The frame that adds streams.</summary>
    public static string Subscribe(IEnumerable<string> streams, int id) => Request("SUBSCRIBE", streams, id);

    /// <summary>The frame that ends streams.</summary>
    public static string Unsubscribe(IEnumerable<string> streams, int id) => Request("UNSUBSCRIBE", streams, id);

    /// <summary>The name of a symbol's stream.</summary>
    public static string Of(string symbol, string stream) => $"{symbol.ToLowerInvariant()}@{stream}";

    private static string Request(string method, IEnumerable<string> streams, int id) =>
        $$"""{"method":"{{method}}","params":["{{string.Join("\",\"", streams)}}"],"id":{{id}}}""";
}

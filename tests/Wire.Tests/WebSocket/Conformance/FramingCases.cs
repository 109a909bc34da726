using System.Collections.Generic;
using System.Linq;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.Conformance.ConformanceCase;

/// <summary>Groups 1 and 2: lengths at the edges of their encodings; pings and pongs.</summary>
internal static class FramingCases
{
    public static IEnumerable<ConformanceCase> All() => [.. Lengths(), .. PingPong()];

    private static IEnumerable<ConformanceCase> Lengths()
    {
        int[] sizes = [0, 125, 126, 127, 128, 65535, 65536];
        for (var i = 0; i < sizes.Length; i++)
        {
            var payload = F.Filler(sizes[i]);
            yield return Normal($"1.1.{i + 1}", [F.TextOf(payload)], TextOf(payload));
            yield return Normal($"1.2.{i + 1}", [F.Binary(payload)], Binary(payload));
        }

        var large = F.Filler(65536);
        yield return Normal("1.1.8", [F.TextOf(large)], TextOf(large)).Chopped(997);
        yield return Normal("1.2.8", [F.Binary(large)], Binary(large)).Chopped(997);
    }

    private static IEnumerable<ConformanceCase> PingPong()
    {
        byte[] binary = [0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF];
        byte[] longest = [.. Enumerable.Repeat((byte)0xFE, 125)];
        yield return Normal("2.1", [F.Ping()], Pong(""));
        yield return Normal("2.2", [F.Ping("Hello, world!")], Pong("Hello, world!"));
        yield return Normal("2.3", [F.Frame(9, binary)], Pong(binary));
        yield return Normal("2.4", [F.Frame(9, longest)], Pong(longest));
        yield return Ends("2.5", 1002, [F.Frame(9, [.. longest, 0xFE])]);
        yield return Normal("2.6", [F.Frame(9, longest)], Pong(longest)).Chopped(1);
        yield return Normal("2.7", [F.Pong()]);
        yield return Normal("2.8", [F.Pong("unsolicited")]);
        yield return Normal("2.9", [F.Pong("unsolicited"), F.Ping("ping payload")], Pong("ping payload"));
        var pings = Enumerable.Range(0, 10).Select(i => F.Ping($"payload-{i}")).ToArray();
        var pongs = Enumerable.Range(0, 10).Select(i => Pong($"payload-{i}")).ToArray();
        yield return Normal("2.10", pings, pongs);
        yield return Normal("2.10a", [F.Join(pings)], pongs);
        yield return Normal("2.10b", pings, pongs).Alternating();
        yield return Normal("2.11", pings, pongs).Chopped(1);
    }
}

using System.Collections.Generic;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.Conformance.ConformanceCase;

/// <summary>Groups 5 and 10: fragments, what may stand between them, and what continues nothing.</summary>
internal static class FragmentCases
{
    public static IEnumerable<ConformanceCase> All() =>
        [.. Control(), .. Good(), .. Bad(), .. Interleaved(), AutoFragment()];

    private static IEnumerable<ConformanceCase> Control()
    {
        yield return Ends("5.1", 1002, [F.Frame(9, F.Filler(9), fin: false), F.More("fragment2")]);
        yield return Ends("5.2", 1002, [F.Frame(10, F.Filler(9), fin: false), F.More("fragment2")]);
    }

    private static IEnumerable<ConformanceCase> Good()
    {
        var whole = TextOf("fragment1fragment2");
        byte[] first = F.TextOf("fragment1", fin: false), second = F.More("fragment2"), ping = F.Ping("ping payload");
        yield return Normal("5.3", [F.Join(first, second)], whole);
        yield return Normal("5.4", [first, second], whole);
        yield return Normal("5.5", [first, second], whole).Chopped(1);
        yield return Normal("5.6", [F.Join(first, ping, second)], Pong("ping payload"), whole);
        yield return Normal("5.7", [first, ping, second], Pong("ping payload"), whole);
        yield return Normal("5.8", [first, ping, second], Pong("ping payload"), whole).Chopped(1);
    }

    private static IEnumerable<ConformanceCase> Bad()
    {
        byte[] first = F.TextOf("fragment1", fin: false), second = F.More("fragment2");
        var hello = F.TextOf("Hello, world!");
        byte[][] endsNothing = [F.More("non-continuation"), hello];
        byte[][] goesOnWithNothing = [F.More("non-continuation", fin: false), hello];
        yield return Ends("5.9", 1002, [F.Join(endsNothing)]);
        yield return Ends("5.10", 1002, endsNothing);
        yield return Ends("5.11", 1002, endsNothing).Chopped(1);
        yield return Ends("5.12", 1002, [F.Join(goesOnWithNothing)]);
        yield return Ends("5.13", 1002, goesOnWithNothing);
        yield return Ends("5.14", 1002, goesOnWithNothing).Chopped(1);
        yield return Ends(
            "5.15", 1002, [first, second, F.More("fragment3", fin: false), F.TextOf("fragment4")],
            TextOf("fragment1fragment2"));
        foreach (var (id, isFinal) in (IEnumerable<(string, bool)>)[("5.16", false), ("5.17", true)])
        {
            byte[][] round = [F.More("fragment1", isFinal), F.TextOf("fragment2", fin: false), F.More("fragment3")];
            yield return Ends(id, 1002, [.. round, .. round]);
        }

        yield return Ends("5.18", 1002, [first, F.TextOf("fragment2")]);
    }

    private static IEnumerable<ConformanceCase> Interleaved()
    {
        byte[][] rounds =
        [
            F.Join(F.TextOf("fragment1", fin: false), F.More("fragment2", fin: false), F.Ping("pongme 1!")),
            F.Join(F.More("fragment3", fin: false), F.More("fragment4", fin: false), F.Ping("pongme 2!")),
            F.More("fragment5"),
        ];
        var all = TextOf("fragment1fragment2fragment3fragment4fragment5");
        yield return Normal("5.19", rounds, Pong("pongme 1!"), Pong("pongme 2!"), all).Alternating();
        yield return Normal("5.20", [F.Join(rounds)], Pong("pongme 1!"), Pong("pongme 2!"), all);
    }

    private static ConformanceCase AutoFragment()
    {
        var payload = F.Filler(65536);
        return Normal("10.1.1", F.Fragments(1, payload, 1300), TextOf(payload));
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.ConformanceCase;

/// <summary>
/// The facts of groups 1 to 5, 7 and 10: framing, control frames, reserved values, fragments, closing.
/// </summary>
internal static class ConformanceCases
{
    public static IEnumerable<ConformanceCase> All() =>
    [
        .. Framing(), .. PingPong(), .. Reserved(), .. Fragments(), .. Utf8Cases.All(), .. Closing(), .. AutoFragment(),
    ];

    private static IEnumerable<ConformanceCase> Framing()
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
        var payload = F.Filler(125);
        byte[] binary = [0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF];
        yield return Normal("2.1", [F.Ping()], Pong(""));
        yield return Normal("2.2", [F.Ping("Hello, world!")], Pong("Hello, world!"));
        yield return Normal("2.3", [F.Frame(9, binary)], Pong(binary));
        yield return Normal("2.4", [F.Frame(9, payload)], Pong(payload));
        yield return Fails("2.5", 1002, [F.Frame(9, F.Filler(126))]);
        yield return Normal("2.6", [F.Frame(9, payload)], Pong(payload)).Chopped(1);
        yield return Normal("2.7", [F.Pong()]);
        yield return Normal("2.8", [F.Pong("unsolicited pong payload")]);
        yield return Normal("2.9", [F.Pong("unsolicited"), F.Ping("ping payload")], Pong("ping payload"));
        var pings = Enumerable.Range(0, 10).Select(i => F.Ping($"payload-{i}")).ToArray();
        var pongs = Enumerable.Range(0, 10).Select(i => Pong($"payload-{i}")).ToArray();
        yield return Normal("2.10", pings, pongs);
        yield return Normal("2.10a", [F.Join(pings)], pongs);
        yield return Normal("2.11", pings, pongs).Chopped(1);
    }

    private static IEnumerable<ConformanceCase> Reserved()
    {
        var hello = "Hello, world!";
        yield return Fails("3.1", 1002, [F.Frame(1, F.Filler(13), reserved: 1)]);
        yield return Fails("3.2", 1002, [F.TextOf(hello), F.Frame(1, F.Filler(13), reserved: 2)], TextOf(hello));
        yield return Fails(
            "3.3", 1002, [F.TextOf(hello), F.Frame(1, F.Filler(13), reserved: 3), F.Ping()], TextOf(hello));
        yield return Fails("3.4", 1002, [F.TextOf(hello), F.Frame(1, F.Filler(13), reserved: 4)], TextOf(hello))
            .Chopped(1);
        yield return Fails("3.5", 1002, [F.Frame(2, F.Filler(8), reserved: 5)]);
        yield return Fails("3.6", 1002, [F.Frame(9, F.Filler(8), reserved: 6)]);
        yield return Fails("3.7", 1002, [F.Frame(8, [], reserved: 7)]);
        int[] opCodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
        for (var i = 0; i < opCodes.Length; i++)
        {
            var payload = i % 5 == 0 ? "" : hello;
            var id = $"4.{1 + (i / 5)}.{1 + (i % 5)}";
            var frame = F.Frame(opCodes[i], Encoding.ASCII.GetBytes(payload));
            yield return i % 5 < 2
                ? Fails(id, 1002, [frame])
                : Fails(id, 1002, [F.TextOf(hello), frame, F.Ping()], TextOf(hello)).Chopped(i % 5 == 2 ? 0 : 1);
        }
    }

    private static IEnumerable<ConformanceCase> Fragments()
    {
        var whole = TextOf("fragment1fragment2");
        byte[] first = F.TextOf("fragment1", fin: false), second = F.More("fragment2");
        yield return Fails("5.1", 1002, [F.Frame(9, F.Filler(9), fin: false), F.More("fragment2")]);
        yield return Fails("5.2", 1002, [F.Frame(10, F.Filler(9), fin: false), F.More("fragment2")]);
        yield return Normal("5.3", [first, second], whole);
        yield return Normal("5.4", [F.Join(first, second)], whole);
        yield return Normal("5.5", [first, second], whole).Chopped(1);
        yield return Normal("5.6", [first, F.Ping("ping"), second], Pong("ping"), whole);
        yield return Normal("5.7", [F.Join(first, F.Ping("ping"), second)], Pong("ping"), whole);
        yield return Normal("5.8", [first, F.Ping("ping"), second], Pong("ping"), whole).Chopped(1);
        byte[][] endsEarly = [F.More("non-continuation"), F.TextOf("Hello, world!")];
        yield return Fails("5.9", 1002, endsEarly);
        yield return Fails("5.10", 1002, [F.Join(endsEarly)]);
        yield return Fails("5.11", 1002, endsEarly).Chopped(1);
        byte[][] notBegun = [F.More("non-continuation", fin: false), F.TextOf("Hello, world!")];
        yield return Fails("5.12", 1002, notBegun);
        yield return Fails("5.13", 1002, [F.Join(notBegun)]);
        yield return Fails("5.14", 1002, notBegun).Chopped(1);
        yield return Fails(
            "5.15", 1002, [F.Join(first, second, F.More("fragment3", fin: false), F.TextOf("fragment4"))], whole);
        byte[][] twice = [F.More("a", fin: false), F.TextOf("b", fin: false), F.More("c")];
        yield return Fails("5.16", 1002, twice);
        yield return Fails("5.17", 1002, [F.More("a"), F.TextOf("b", fin: false), F.More("c")]);
        yield return Fails("5.18", 1002, [first, F.TextOf("fragment2")]);
        byte[][] five =
        [
            first, F.More("fragment2", fin: false), F.Ping("1"), F.More("fragment3", fin: false),
            F.More("fragment4", fin: false), F.Ping("2"), F.More("fragment5"),
        ];
        var all = TextOf("fragment1fragment2fragment3fragment4fragment5");
        yield return Normal("5.19", five, Pong("1"), Pong("2"), all);
        yield return Normal("5.20", [F.Join(five)], Pong("1"), Pong("2"), all);
    }

    private static IEnumerable<ConformanceCase> Closing()
    {
        var hello = F.TextOf("Hello");
        yield return Normal("7.1.1", [hello], TextOf("Hello"));
        yield return Fails("7.1.2", 1000, [F.Join(F.Close(1000), F.Close(1000))]);
        yield return Fails("7.1.3", 1000, [F.Join(F.Close(1000), F.Ping("late"))]);
        yield return Fails("7.1.4", 1000, [F.Join(F.Close(1000), hello)]);
        yield return Fails("7.1.5", 1000, [F.Join(F.TextOf("frag", fin: false), F.Close(1000), F.More("ment"))]);
        var large = F.Filler(256 * 1024);
        yield return Fails("7.1.6", 1000, [F.Join(F.TextOf(large), F.Close(1000), F.Ping())], TextOf(large));
        yield return Fails("7.3.1", 1005, [F.Frame(8, [])]);
        yield return Fails("7.3.2", 1002, [F.Frame(8, [0x61])]);
        yield return Fails("7.3.3", 1000, [F.Close(1000)]);
        yield return Fails("7.3.4", 1000, [F.Close(1000, "Hello World!")]);
        yield return Fails("7.3.5", 1000, [F.Close(1000, new string('*', 123))]);
        yield return Fails("7.3.6", 1002, [F.Close(1000, new string('*', 124))]);
        yield return Fails("7.5.1", 1007, [F.Frame(8, [0x03, 0xE8, 0xCE, 0xBA, 0xED, 0xA0, 0x80])]);
        int[] valid = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999, 1012, 1013, 1014];
        for (var i = 0; i < valid.Length; i++)
        {
            yield return Fails($"7.7.{i + 1} ({valid[i]})", valid[i], [F.Close(valid[i])]);
        }

        int[] invalid = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 1015];
        for (var i = 0; i < invalid.Length; i++)
        {
            yield return Fails($"7.9.{i + 1} ({invalid[i]})", 1002, [F.Close(invalid[i])]);
        }

        yield return Fails("7.13.1", 1002, [F.Close(5000)]);
        yield return Fails("7.13.2", 1002, [F.Close(65535)]);
    }

    private static IEnumerable<ConformanceCase> AutoFragment()
    {
        var payload = F.Filler(65536);
        byte[][] fragments = payload.Chunk(1300)
            .Select((part, i) => i == 0 ? F.TextOf(part, false) : F.More(part, false))
            .ToArray();
        yield return Normal("10.1.1", [F.Join([.. fragments, F.More("")])], TextOf(payload));
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.ConformanceCase;

/// <summary>The facts of group 6: what is text and what is not, whole and in fragments, failing fast.</summary>
internal static class Utf8Cases
{
    private static readonly string[] Valid =
    [
        "48 65 6c 6c 6f 2d c2 b5 40 c3 9f c3 b6 c3 a4 c3 bc c3 a0 c3 a1 2d 55 54 46 2d 38 21 21",   // Hello, umlauts
        "ce ba e1 bd b9 cf 83 ce bc ce b5",                                 // kosme
        "00", "7f", "c2 80", "df bf", "e0 a0 80", "ef bf bf", "f0 90 80 80", "f4 8f bf bf",   // ends of each length
        "ed 9f bf", "ee 80 80", "ef bf bd",                                 // around the surrogates
        "ef bf be", "f0 9f bf be", "f4 8f bf be",                           // noncharacters are characters here
    ];

    private static readonly string[] Invalid =
    [
        "80", "bf", "80 bf 80 bf 80 bf",                                    // continuation without a lead
        "c0", "c1", "f5", "f8 88 80 80 80", "fc 84 80 80 80 80", "fe", "ff", "fe fe ff ff",   // bytes that never occur
        "c0 20 c1 20", "e0 20 e1 20", "f0 20 f1 20",                        // leads followed by ASCII
        "c3", "e0 a0", "ef bf", "f0 90 80", "f7 bf bf",                     // cut off at the end
        "c0 af", "e0 80 af", "f0 80 80 af", "c1 bf", "e0 9f bf", "f0 8f bf bf", "c0 80",   // overlong
        "ed a0 80", "ed af bf", "ed b0 80", "ed bf bf", "ed a0 80 ed b0 80", // surrogates, alone and paired
        "f4 90 80 80", "f7 bf bf bf",                                       // above U+10FFFF
    ];

    public static IEnumerable<ConformanceCase> All()
    {
        var greek = Encoding.UTF8.GetBytes("\u03ba\u1f79\u03c3\u03bc\u03b5");
        yield return Normal("6.1.1", [F.TextOf("")], TextOf(""));
        yield return Normal("6.1.2", [F.TextOf("", false), F.More("", false), F.More("")], TextOf(""));
        yield return Normal("6.1.3", [F.TextOf("", false), F.More("middle", false), F.More("")], TextOf("middle"));
        yield return Normal("6.2.2", [F.TextOf(greek[..5], false), F.More(greek[5..])], TextOf(greek));
        yield return Normal("6.2.3", PerByte(greek), TextOf(greek));
        yield return Fails("6.3.2", 1007, PerByte([.. greek, 0xED, 0xA0, 0x80, 0x65]));
        foreach (var test in FailFast(greek))
        {
            yield return test;
        }

        for (var i = 0; i < Valid.Length; i++)
        {
            var bytes = F.Bytes(Valid[i]);
            yield return Normal($"6.v{i} {Valid[i]}", [F.TextOf(bytes)], TextOf(bytes));
            yield return Normal($"6.v{i} {Valid[i]} fragments", [F.Join(PerByte(bytes))], TextOf(bytes));
        }

        for (var i = 0; i < Invalid.Length; i++)
        {
            var bytes = F.Bytes(Invalid[i]);
            yield return Fails($"6.i{i} {Invalid[i]}", 1007, [F.TextOf(bytes)]);
            yield return Fails($"6.i{i} {Invalid[i]} fragments", 1007, [F.Join(PerByte(bytes))]);
        }
    }

    /// <summary>The rest of the message never comes: only a client that fails at the bad byte answers at all.</summary>
    private static IEnumerable<ConformanceCase> FailFast(byte[] greek)
    {
        byte[] bad = [0xF4, 0x90];
        yield return Fails("6.4.1", 1007, [F.TextOf(greek, false), F.More(bad, false)]);
        yield return Fails("6.4.2", 1007, [F.TextOf(greek, false), F.More([0xF4], false), F.More([0x90], false)]);
        var unfinished = F.TextOf([.. greek, .. bad, .. new byte[50]])[..^50];
        yield return Fails("6.4.3", 1007, [unfinished]);
        yield return Fails("6.4.4", 1007, [unfinished]).Chopped(1);
    }

    private static byte[][] PerByte(byte[] bytes) => bytes
        .Select((b, i) => F.Frame(i == 0 ? 1 : 0, [b], fin: i == bytes.Length - 1))
        .ToArray();
}

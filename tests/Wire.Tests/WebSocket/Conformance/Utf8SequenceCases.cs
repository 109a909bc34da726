using System;
using System.Collections.Generic;
using System.Linq;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.Conformance.ConformanceCase;

/// <summary>
/// Groups 6.5 to 6.23: byte sequences, each as one message. Whether one is text is said here by hand, not by a decoder.
/// </summary>
internal static class Utf8SequenceCases
{
    private const string Greek = "cebae1bdb9cf83cebcceb5";

    /// <summary>By group: the sequences; one that is not text begins with an exclamation mark.</summary>
    private static IEnumerable<(int Group, string[] Sequences)> Groups() =>
    [
        // plain, and with characters of 2, 3 and 4 bytes
        (5,
        [
            "68656c6c6f24776f726c64", "68656c6c6fc2a2776f726c64", "68656c6c6fe282ac776f726c64",
            "68656c6c6ff0a4ada2776f726c64", Greek,
        ]),

        // every prefix of a text; those of 2, 5, 7, 9 and 11 bytes end between characters
        (6, [.. Enumerable.Range(1, 11).Select(n => (n is 2 or 5 or 7 or 9 or 11 ? "" : "!") + Greek[..(2 * n)])]),

        // the first sequence of each length, 5 and 6 bytes being none; the last one
        (7, ["00", "c280", "e0a080", "f0908080"]),
        (8, ["!f888808080", "!fc8480808080"]),
        (9, ["7f", "dfbf", "efbfbf", "f48fbfbf"]),
        (10, ["!f7bfbfbf", "!fbbfbfbfbf", "!fdbfbfbfbfbf"]),

        // around the surrogates and at the end
        (11, ["ed9fbf", "ee8080", "efbfbd", "f48fbfbf", "!f4908080"]),

        // continuation bytes without a first one; first ones, each with a space behind it
        (12,
        [
            "!80", "!bf", "!80bf", "!80bf80", "!80bf80bf", "!80bf80bf80", "!80bf80bf80bf", "!" + Range(0x80, 0xBE, ""),
        ]),
        (13,
        [
            "!" + Range(0xC0, 0xDF, "20"), "!" + Range(0xE0, 0xEF, "20"), "!" + Range(0xF0, 0xF7, "20"),
            "!" + Range(0xF8, 0xFB, "20"), "!" + Range(0xFC, 0xFD, "20"),
        ]),

        // the last byte missing, alone and all together
        (14, [.. CutShort().Select(static hex => "!" + hex)]),
        (15, ["!" + string.Concat(CutShort())]),

        // bytes that never occur
        (16, ["!fe", "!ff", "!fefeffff"]),

        // a slash, the highest and the lowest code point, in more bytes than they need
        (17, ["!c0af", "!e080af", "!f08080af", "!f8808080af", "!fc80808080af"]),
        (18, ["!c1bf", "!e09fbf", "!f08fbfbf", "!f887bfbfbf", "!fc83bfbfbfbf"]),
        (19, ["!c080", "!e08080", "!f0808080", "!f880808080", "!fc8080808080"]),

        // surrogates, alone and in pairs
        (20, ["!eda080", "!edadbf", "!edae80", "!edafbf", "!edb080", "!edbe80", "!edbfbf"]),
        (21,
        [
            "!eda080edb080", "!eda080edbfbf", "!edadbfedb080", "!edadbfedbfbf",
            "!edae80edb080", "!edae80edbfbf", "!edafbfedb080", "!edafbfedbfbf",
        ]),

        // the two noncharacters at the end of each plane, which are text all the same; the specials before the first
        (22, ["efbfbe", "efbfbf", .. Enumerable.Range(1, 16).SelectMany(LastTwo)]),
        (23, ["efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf"]),
    ];

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var (group, sequences) in Groups())
        {
            for (var i = 0; i < sequences.Length; i++)
            {
                var bytes = Convert.FromHexString(sequences[i].TrimStart('!'));
                var id = $"6.{group}.{i + 1}";
                foreach (var (suffix, sends) in Ways(bytes))
                {
                    yield return sequences[i][0] == '!'
                        ? Ends(id + suffix, 1007, sends)
                        : Normal(id + suffix, sends, TextOf(bytes));
                }
            }
        }
    }

    /// <summary>The suite's way, one frame; and one of our own, a frame for each byte.</summary>
    private static IEnumerable<(string Suffix, byte[][] Sends)> Ways(byte[] bytes) =>
        [("", [F.TextOf(bytes)]), ("a", [F.Join(F.Fragments(1, bytes, 1))])];

    private static string Range(int first, int last, string behind) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(value => $"{value:x2}{behind}"));

    private static string[] CutShort() =>
    [
        "c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf", "fdbfbfbfbf",
    ];

    /// <summary>U+nFFFE and U+nFFFF of plane n, 1 to 16, put together by the rule for four bytes.</summary>
    private static IEnumerable<string> LastTwo(int plane)
    {
        var lead = 0xF0 | (plane >> 2);
        var second = 0x80 | ((plane & 3) << 4) | 0x0F;
        return [$"{lead:x2}{second:x2}bfbe", $"{lead:x2}{second:x2}bfbf"];
    }
}

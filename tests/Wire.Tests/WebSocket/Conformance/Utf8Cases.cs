using System.Collections.Generic;
using System.Text;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.Conformance.ConformanceCase;

/// <summary>Groups 6.1 to 6.4: text in fragments, cut within characters, failing at the first bad byte.</summary>
internal static class Utf8Cases
{
    private static readonly byte[] Greek = Encoding.UTF8.GetBytes("\u03ba\u1f79\u03c3\u03bc\u03b5");

    public static IEnumerable<ConformanceCase> All() => [.. Valid(), .. Invalid(), .. FailFast()];

    private static IEnumerable<ConformanceCase> Valid()
    {
        var middle = "middle frame payload";
        yield return Normal("6.1.1", [F.TextOf("")], TextOf(""));
        yield return Normal("6.1.2", [F.TextOf("", false), F.More("", false), F.More("")], TextOf(""));
        yield return Normal("6.1.3", [F.TextOf("", false), F.More(middle, false), F.More("")], TextOf(middle));
        string first = "Hello-\u00b5@\u00df\u00f6\u00e4", second = "\u00fc\u00e0\u00e1-UTF-8!!";
        var whole = TextOf(first + second);
        yield return Normal("6.2.1", [F.TextOf(first + second)], whole);
        yield return Normal("6.2.2", [F.TextOf(first, false), F.More(second)], whole);
        yield return Normal("6.2.3", F.Fragments(1, whole.Payload, 1), whole);
        yield return Normal("6.2.4", F.Fragments(1, Greek, 1), TextOf(Greek));
    }

    private static IEnumerable<ConformanceCase> Invalid()
    {
        byte[] surrogate = [.. Greek, 0xED, 0xA0, 0x80, .. "edited"u8];
        yield return Ends("6.3.1", 1007, [F.TextOf(surrogate)]);
        yield return Ends("6.3.2", 1007, F.Fragments(1, surrogate, 1));
    }

    /// <summary>
    /// The rest of the message never comes: only a client that fails at the bad byte answers at all. F4 90 begins a
    /// code point beyond U+10FFFF: 90 is the byte that shows it.
    /// </summary>
    private static IEnumerable<ConformanceCase> FailFast()
    {
        byte[] beyond = [0xF4, 0x90, 0x80, 0x80];
        yield return Ends("6.4.1", 1007, [F.TextOf(Greek, false), F.More(beyond, false)]);
        yield return Ends("6.4.2", 1007, [F.TextOf([.. Greek, 0xF4], false), F.More([0x90], false)]);
        byte[] rest = [.. "edited"u8];
        var frame = F.TextOf([.. Greek, .. beyond, .. rest]);
        yield return Ends("6.4.3", 1007, [frame[..^(4 + rest.Length)], frame[^(4 + rest.Length)..^rest.Length]]);
        yield return Ends("6.4.4", 1007, [frame[..^(3 + rest.Length)], frame[^(3 + rest.Length)..^(2 + rest.Length)]]);
    }
}

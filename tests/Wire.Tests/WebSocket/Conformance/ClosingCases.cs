using System.Collections.Generic;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.Conformance.ConformanceCase;

/// <summary>Group 7: the closing handshake, what comes behind it, its codes and reasons.</summary>
internal static class ClosingCases
{
    public static IEnumerable<ConformanceCase> All() => [.. Behind(), .. Payloads(), .. Codes()];

    private static IEnumerable<ConformanceCase> Behind()
    {
        var hello = F.TextOf("Hello World!");
        yield return Normal("7.1.1", [hello], TextOf("Hello World!"));
        yield return Ends("7.1.2", 1000, [F.Join(F.Close(1000), F.Close(1000))]);
        yield return Ends("7.1.3", 1000, [F.Join(F.Close(1000), F.Ping("late"))]);
        yield return Ends("7.1.4", 1000, [F.Join(F.Close(1000), hello)]);
        yield return Ends(
            "7.1.5", 1000, [F.Join(F.TextOf("fragment1", fin: false), F.Close(1000), F.More("fragment2"))]);
        var large = F.Filler(256 * 1024);
        yield return Ends(
            "7.1.6", 1000, [F.Join(F.TextOf(large), hello, F.Close(1000), F.Ping())],
            TextOf(large), TextOf("Hello World!"));
    }

    private static IEnumerable<ConformanceCase> Payloads()
    {
        yield return Ends("7.3.1", 1005, [F.Frame(8, [])]);
        yield return Ends("7.3.2", 1002, [F.Frame(8, [0x61])]);
        yield return Ends("7.3.3", 1000, [F.Close(1000)]);
        yield return Ends("7.3.4", 1000, [F.Close(1000, "Hello World!")]);
        yield return Ends("7.3.5", 1000, [F.Close(1000, new string('*', 123))]);
        yield return Ends("7.3.6", 1002, [F.Close(1000, new string('*', 124))]);
        yield return Ends("7.5.1", 1007, [F.Frame(8, [0x03, 0xE8, .. F.Bytes("ceba e1bd b9cf 83ce bcce b5 eda080")])]);
    }

    private static IEnumerable<ConformanceCase> Codes()
    {
        int[] valid = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
        for (var i = 0; i < valid.Length; i++)
        {
            yield return Ends($"7.7.{i + 1}", valid[i], [F.Close(valid[i])]);
        }

        // registered since the suite was written
        yield return Ends("7.7.13a", 1012, [F.Close(1012)]);
        yield return Ends("7.7.13b", 1013, [F.Close(1013)]);
        yield return Ends("7.7.13c", 1014, [F.Close(1014)]);
        int[] invalid = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];
        for (var i = 0; i < invalid.Length; i++)
        {
            yield return Ends($"7.9.{i + 1}", 1002, [F.Close(invalid[i])]);
        }

        yield return Ends("7.9.9a", 1002, [F.Close(1015)]);
        yield return Ends("7.13.1", 1002, [F.Close(5000)]);
        yield return Ends("7.13.2", 1002, [F.Close(65535)]);
    }
}

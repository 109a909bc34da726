using System.Collections.Generic;
using System.Text;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

// in here, so that Text is the frame, not the folder
using static LowLatencyQuoter.Wire.Tests.WebSocket.Conformance.ConformanceCase;

/// <summary>Groups 3 and 4: reserved bits and reserved opcodes, alone and behind a good message.</summary>
internal static class ProtocolCases
{
    private const string Hello = "Hello, world!";

    public static IEnumerable<ConformanceCase> All() => [.. ReservedBits(), .. ReservedOpCodes()];

    private static IEnumerable<ConformanceCase> ReservedBits()
    {
        var payload = Encoding.ASCII.GetBytes(Hello);
        byte[] binary = [0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF];
        byte[][] Behind(int reserved) => [F.TextOf(Hello), F.Frame(1, payload, reserved: reserved), F.Ping()];
        yield return Ends("3.1", 1002, [F.Frame(1, payload, reserved: 1)]);
        yield return Ends("3.2", 1002, [F.Join(Behind(2))], TextOf(Hello));
        yield return Ends("3.3", 1002, Behind(3), TextOf(Hello));
        yield return Ends("3.4", 1002, Behind(4), TextOf(Hello)).Chopped(1);
        yield return Ends("3.5", 1002, [F.Frame(2, binary, reserved: 5)]);
        yield return Ends("3.6", 1002, [F.Frame(9, payload, reserved: 6)]);
        yield return Ends("3.7", 1002, [F.Frame(8, [], reserved: 7)]);
    }

    private static IEnumerable<ConformanceCase> ReservedOpCodes()
    {
        int[] opCodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
        for (var i = 0; i < opCodes.Length; i++)
        {
            var place = i % 5;   // 0 and 1 alone, 2 to 4 behind a message; 0 and 2 without a payload; 4 octet by octet
            var frame = F.Frame(opCodes[i], place is 0 or 2 ? [] : Encoding.ASCII.GetBytes(Hello));
            var id = $"4.{1 + (i / 5)}.{1 + place}";
            yield return place < 2
                ? Ends(id, 1002, [frame])
                : Ends(id, 1002, [F.TextOf(Hello), frame, F.Ping()], TextOf(Hello)).Chopped(place == 4 ? 1 : 0);
        }
    }
}

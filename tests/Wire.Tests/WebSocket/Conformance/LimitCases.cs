using System;
using System.Collections.Generic;
using System.Linq;
using F = LowLatencyQuoter.Wire.Tests.WebSocket.ServerFrames;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>
/// Group 9: large messages, whole, in fragments and in chops, and series of small ones; scaled down unless asked
/// otherwise. Odd subgroups are text, even ones binary.
/// </summary>
internal static class LimitCases
{
    private const int Kilo = 1024;
    private const int Mega = 1024 * 1024;

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var opCode in (int[])[1, 2])
        {
            foreach (var test in (IEnumerable<ConformanceCase>)
                [.. Whole(opCode), .. Fragments(opCode), .. Chops(opCode), .. Series(opCode)])
            {
                yield return test;
            }
        }
    }

    private static IEnumerable<ConformanceCase> Whole(int opCode) =>
        Numbered(1, opCode, [64 * Kilo, 256 * Kilo, Mega, 4 * Mega, 8 * Mega, 16 * Mega], (id, size) =>
        {
            var payload = F.Filler(ConformanceScale.Bytes(size));
            return ConformanceCase.Normal(id, [F.Frame(opCode, payload)], (opCode, payload));
        });

    private static IEnumerable<ConformanceCase> Fragments(int opCode)
    {
        var payload = F.Filler(ConformanceScale.Bytes(4 * Mega));
        int[] sizes = [64, 256, Kilo, 4 * Kilo, 16 * Kilo, 64 * Kilo, 256 * Kilo, Mega, 4 * Mega];
        return Numbered(3, opCode, sizes, (id, size) =>
            ConformanceCase.Normal(id, F.Fragments(opCode, payload, size), (opCode, payload)));
    }

    private static IEnumerable<ConformanceCase> Chops(int opCode)
    {
        var payload = F.Filler(ConformanceScale.Bytes(Mega));
        return Numbered(5, opCode, [64, 128, 256, 512, Kilo, 2 * Kilo], (id, size) =>
            ConformanceCase.Normal(id, [F.Frame(opCode, payload)], (opCode, payload)).Chopped(size));
    }

    private static IEnumerable<ConformanceCase> Series(int opCode) =>
        Numbered(7, opCode, [0, 16, 64, 256, Kilo, 4 * Kilo], (id, size) =>
        {
            var payload = F.Filler(size);
            var count = ConformanceScale.Count(1000, size);
            return ConformanceCase.Normal(
                id,
                [.. Enumerable.Repeat(F.Frame(opCode, payload), count)],
                [.. Enumerable.Repeat((opCode, payload), count)]).Alternating();
        });

    private static IEnumerable<ConformanceCase> Numbered(
        int subgroup,
        int opCode,
        int[] sizes,
        Func<string, int, ConformanceCase> make) =>
        sizes.Select((size, i) => make($"9.{subgroup + opCode - 1}.{i + 1}", size));
}

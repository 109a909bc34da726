using System.Collections.Generic;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>All cases without compression, in the suite's order.</summary>
internal static class ConformanceTable
{
    public static IEnumerable<ConformanceCase> All() =>
    [
        .. FramingCases.All(), .. ProtocolCases.All(), .. FragmentCases.All(), .. Utf8Cases.All(),
        .. Utf8SequenceCases.All(), .. ClosingCases.All(), .. LimitCases.All(),
    ];
}

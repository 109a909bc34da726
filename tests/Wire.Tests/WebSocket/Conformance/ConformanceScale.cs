using System;
using System.Globalization;

namespace LowLatencyQuoter.Wire.Tests.WebSocket.Conformance;

/// <summary>
/// How much smaller than the suite's own the cases about size and speed are: 16 times, or what
/// <c>QUOTER_CONFORMANCE_SCALE</c> says. 1 is the suite in full.
/// </summary>
internal static class ConformanceScale
{
    private const int BytesPerSeries = 8 * 1024 * 1024;

    public static int Divisor { get; } =
        Environment.GetEnvironmentVariable("QUOTER_CONFORMANCE_SCALE") is { Length: > 0 } text
            ? Math.Max(1, int.Parse(text, CultureInfo.InvariantCulture))
            : 16;

    /// <summary>The bytes of one large message.</summary>
    public static int Bytes(int full) => Math.Max(1, full / Divisor);

    /// <summary>The count of a series of messages of so many bytes; scaled down, long ones are few.</summary>
    public static int Count(int full, int bytesEach) => Divisor == 1
        ? full
        : Math.Clamp(BytesPerSeries / Divisor / Math.Max(1, bytesEach), 4, Math.Max(4, full / Divisor));
}

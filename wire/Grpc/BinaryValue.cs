using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Wire.Grpc;

/// <summary>
/// Values of metadata whose name ends in <c>-bin</c>: base64, with padding or without; several of them by commas.
/// </summary>
public static class BinaryValue
{
    private const int Group = 4;

    /// <summary>Writes one value, without padding as the specification prefers.</summary>
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    /// <summary>Reads one value or several; false when a part of the text is not base64.</summary>
    public static bool TryDecode(string text, out IReadOnlyList<byte[]> values)
    {
        var decoded = new List<byte[]>();
        values = decoded;
        foreach (var part in text.Split(','))
        {
            var digits = part.Trim().TrimEnd('=');
            var padded = digits.PadRight((digits.Length + Group - 1) / Group * Group, '=');
            var bytes = new byte[padded.Length];
            if (!Convert.TryFromBase64String(padded, bytes, out var length))
            {
                return false;
            }

            decoded.Add(bytes[..length]);
        }

        return true;
    }
}

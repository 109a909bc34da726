using System;
using System.Globalization;
using System.Text;

namespace LowLatencyQuoter.Wire.Grpc;

/// <summary>
/// The <c>grpc-message</c> trailer: UTF-8 in which every byte outside of the printable ASCII range, and the percent
/// sign itself, is written as <c>%XX</c>.
/// </summary>
public static class StatusMessage
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>Encodes a text. What is not valid UTF-16 becomes U+FFFD.</summary>
    public static string Encode(string message)
    {
        if (IsPlain(message))
        {
            return message;
        }

        var encoded = new StringBuilder(message.Length * 2);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (NeedsEscape((char)value))
            {
                encoded.Append('%').Append(HexDigits[value >> 4]).Append(HexDigits[value & 15]);
            }
            else
            {
                encoded.Append((char)value);
            }
        }

        return encoded.ToString();
    }

    /// <summary>
    /// Decodes a text. Never fails, as gRPC demands: an escape that is none stays as it is, and what is not valid UTF-8
    /// becomes U+FFFD.
    /// </summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        var bytes = Encoding.UTF8.GetBytes(encoded);
        var length = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] == '%'
                && index + 2 < bytes.Length
                && TryReadHex(bytes.AsSpan(index + 1, 2), out var value))
            {
                bytes[length++] = value;
                index += 2;
            }
            else
            {
                bytes[length++] = bytes[index];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsPlain(string message)
    {
        foreach (var character in message)
        {
            if (NeedsEscape(character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool NeedsEscape(char character) => character is < ' ' or > '~' or '%';

    private static bool TryReadHex(ReadOnlySpan<byte> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;

namespace LowLatencyQuoter.Wire.WebSocket.Upgrade;

/// <summary>The client's HTTP/1.1 request: RFC 6455 section 4.1.</summary>
public static class UpgradeRequest
{
    /// <summary>RFC 9110 section 5.6.2: the characters of a header name.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions",
        "Sec-WebSocket-Protocol", "Sec-WebSocket-Accept", "Content-Length", "Transfer-Encoding",
    };

    /// <summary>
    /// The request's bytes, with the extensions to offer, if any. Throws <see cref="ArgumentException"/> for a header
    /// that cannot be sent: one of the upgrade's own, a name that is not a token, a value with a line break or another
    /// control character.
    /// </summary>
    public static byte[] Format(
        Uri endpoint,
        UpgradeKey key,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string extensions = "")
    {
        var host = HostOf(endpoint);
        var further = new StringBuilder();
        foreach (var (name, value) in headers)
        {
            Check(name, value);
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                host = value;
            }
            else
            {
                further.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        var offer = extensions.Length == 0 ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n";
        var text =
            $"GET {endpoint.PathAndQuery} HTTP/1.1\r\n" +
            $"Host: {host}\r\n" +
            "Upgrade: websocket\r\n" +
            "Connection: Upgrade\r\n" +
            $"Sec-WebSocket-Key: {key.Text}\r\n" +
            "Sec-WebSocket-Version: 13\r\n" +
            $"{offer}{further}\r\n";
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>Host, with the port where it is not the scheme's own, and brackets around an IPv6 address.</summary>
    private static string HostOf(Uri endpoint)
    {
        var name = endpoint.HostNameType == UriHostNameType.IPv6
            ? $"[{endpoint.IdnHost.Trim('[', ']')}]"
            : endpoint.IdnHost;
        return endpoint.IsDefaultPort ? name : $"{name}:{endpoint.Port}";
    }

    private static void Check(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            throw new ArgumentException($"header name '{name}' is not a token of HTTP");
        }

        if (OwnHeaders.Contains(name))
        {
            throw new ArgumentException($"header {name} is set by the websocket upgrade itself; leave it out");
        }

        foreach (var c in value)
        {
            if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF)
            {
                throw new ArgumentException($"the value of header {name} holds U+{(int)c:X4}, which cannot be sent");
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Wire.WebSocket.Upgrade;

/// <summary>The server's answer: RFC 6455 section 4.2.2 as a client has to check it.</summary>
internal static class UpgradeResponse
{
    /// <summary>The bytes of the head, its blank line included; 0 while it is not whole.</summary>
    /// <param name="bytes">All bytes so far.</param>
    /// <param name="scanned">
    /// How far earlier calls have looked; updated, so that dripping bytes cost no second look.
    /// </param>
    public static int HeadBytes(ReadOnlySpan<byte> bytes, ref int scanned)
    {
        var from = Math.Max(0, scanned - 3);
        var at = bytes[from..].IndexOf("\r\n\r\n"u8);
        scanned = bytes.Length;
        return at < 0 ? 0 : from + at + 4;
    }

    /// <summary>
    /// Whether an unfinished head can still become an answer: it begins as one, and no line ends without CR. A peer
    /// that does not speak HTTP/1.1 is refused at once and not only when the time is over.
    /// </summary>
    public static bool MayBecomeAnswer(ReadOnlySpan<byte> bytes)
    {
        var version = "HTTP/1.1 "u8;
        var there = Math.Min(bytes.Length, version.Length);
        if (!bytes[..there].SequenceEqual(version[..there]))
        {
            return false;
        }

        var lineFeed = bytes.IndexOf((byte)'\n');
        return lineFeed != 0 && (lineFeed < 0 || bytes[lineFeed - 1] == '\r');
    }

    /// <summary>Checks a whole head. <see cref="WebSocketFaultCode.None"/>: the websocket is open.</summary>
    /// <param name="head">Status line and headers, with the blank line.</param>
    /// <param name="expectedAccept">What proves that the server read our key.</param>
    /// <param name="offered">The compression that was offered, if any.</param>
    /// <param name="terms">The compression that was agreed on; null for none.</param>
    public static WebSocketFault Check(
        ReadOnlySpan<byte> head,
        string expectedAccept,
        DeflateOptions? offered,
        out DeflateTerms? terms)
    {
        terms = null;
        var lines = Encoding.Latin1.GetString(head[..^4]).Split("\r\n");
        if (!TryStatus(lines[0], out var status, out var reason))
        {
            return Malformed($"status line '{Shorten(lines[0])}'; expected HTTP/1.1 and a status");
        }

        var headers = new List<(string Name, string Value)>(lines.Length);
        foreach (var line in lines.AsSpan(1))
        {
            if (!TryHeader(line, out var name, out var value))
            {
                return Malformed($"header line '{Shorten(line)}'");
            }

            headers.Add((name, value));
        }

        return status == 101
            ? CheckSwitch(headers, expectedAccept, offered, out terms)
            : Reject(status, reason, headers);
    }

    private static bool TryStatus(string line, out int status, out string reason)
    {
        const string Version = "HTTP/1.1 ";
        status = 0;
        reason = "";
        if (!line.StartsWith(Version, StringComparison.Ordinal) || line.Length < Version.Length + 3)
        {
            return false;
        }

        reason = line.Length > Version.Length + 3 ? line[(Version.Length + 3)..] : "";
        if ((reason.Length > 0 && reason[0] != ' ') || HasControlCharacter(reason))
        {
            return false;
        }

        reason = reason.Trim();
        return int.TryParse(line.AsSpan(Version.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture, out status)
            && status >= 100;
    }

    /// <summary>
    /// A name, a colon, a value. Folded lines (which begin with a space) are refused, as RFC 9112 permits.
    /// </summary>
    private static bool TryHeader(string line, out string name, out string value)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        name = colon > 0 ? line[..colon] : "";
        value = colon > 0 ? line[(colon + 1)..].Trim(' ', '\t') : "";
        return name.Length > 0
            && name.AsSpan().IndexOfAny(' ', '\t') < 0
            && !HasControlCharacter(name)
            && !HasControlCharacter(value);
    }

    private static bool HasControlCharacter(string text)
    {
        foreach (var c in text)
        {
            if ((c < ' ' && c != '\t') || c == 0x7F)
            {
                return true;
            }
        }

        return false;
    }

    private static WebSocketFault CheckSwitch(
        List<(string Name, string Value)> headers,
        string expectedAccept,
        DeflateOptions? offered,
        out DeflateTerms? terms)
    {
        terms = null;
        if (!HasToken(headers, "Upgrade", "websocket"))
        {
            return new(WebSocketFaultCode.UpgradeHeaderMissing, "101 without 'Upgrade: websocket'");
        }

        if (!HasToken(headers, "Connection", "Upgrade"))
        {
            return new(WebSocketFaultCode.UpgradeHeaderMissing, "101 without 'Connection: Upgrade'");
        }

        var accepts = ValuesOf(headers, "Sec-WebSocket-Accept");
        if (accepts.Count != 1 || accepts[0] != expectedAccept)
        {
            var received = accepts.Count == 0 ? "none" : Shorten(string.Join(" and ", accepts));
            return new(
                WebSocketFaultCode.AcceptMismatch,
                $"Sec-WebSocket-Accept: expected {expectedAccept}, received {received}");
        }

        var extensions = string.Join(", ", ValuesOf(headers, "Sec-WebSocket-Extensions"));
        if (extensions.Length > 0)
        {
            if (offered is null)
            {
                return new(
                    WebSocketFaultCode.UnrequestedExtension, $"extension '{Shorten(extensions)}' was not offered");
            }

            if (!DeflateNegotiation.TryAgree(extensions, offered, out terms, out var complaint))
            {
                return new(WebSocketFaultCode.ExtensionTermsInvalid, $"extension '{Shorten(extensions)}' {complaint}");
            }
        }

        return ValuesOf(headers, "Sec-WebSocket-Protocol") is [var protocol, ..]
            ? new(WebSocketFaultCode.UnrequestedSubProtocol, $"sub-protocol '{Shorten(protocol)}' was not offered")
            : default;
    }

    private static WebSocketFault Reject(int status, string reason, List<(string Name, string Value)> headers)
    {
        var rejection = new UpgradeRejection(
            status,
            Shorten(reason),
            ValuesOf(headers, "Retry-After") is [var retryAfter, ..] ? retryAfter : null,
            ValuesOf(headers, "Location") is [var location, ..] ? location : null);
        var text = $"expected status 101, received {status} {rejection.Reason}".TrimEnd();
        return new(WebSocketFaultCode.UpgradeRejected, text, Rejection: rejection);
    }

    private static List<string> ValuesOf(List<(string Name, string Value)> headers, string name)
    {
        var values = new List<string>(1);
        foreach (var header in headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                values.Add(header.Value);
            }
        }

        return values;
    }

    private static bool HasToken(List<(string Name, string Value)> headers, string name, string token)
    {
        foreach (var value in ValuesOf(headers, name))
        {
            foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (part.Equals(token, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static WebSocketFault Malformed(string what) =>
        new(WebSocketFaultCode.UpgradeMalformed, $"not an answer of HTTP/1.1: {what}");

    /// <summary>What a peer wrote goes into texts for people, so it is kept short and printable.</summary>
    private static string Shorten(string text)
    {
        var kept = text.Length <= 80 ? text : text[..80] + "...";
        return string.Create(kept.Length, kept, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
            }
        });
    }
}

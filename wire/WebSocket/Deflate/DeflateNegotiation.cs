using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>The offer in Sec-WebSocket-Extensions and the check of its answer: RFC 7692 sections 5 and 7.1.</summary>
internal static class DeflateNegotiation
{
    private const string Name = "permessage-deflate";
    private const string ServerTakeover = "server_no_context_takeover";
    private const string ClientTakeover = "client_no_context_takeover";
    private const string ServerBits = "server_max_window_bits";
    private const string ClientBits = "client_max_window_bits";

    /// <summary>The value of the request's header.</summary>
    public static string Offer(DeflateOptions options)
    {
        var offer = new StringBuilder(Name);
        if (options.ServerNoContextTakeover)
        {
            offer.Append("; ").Append(ServerTakeover);
        }

        if (options.ClientNoContextTakeover)
        {
            offer.Append("; ").Append(ClientTakeover);
        }

        if (options.ServerMaxWindowBits < DeflateOptions.MaxWindowBits)
        {
            offer.Append("; ").Append(ServerBits).Append('=').Append(options.ServerMaxWindowBits);
        }

        if (options.AllowsClientWindowBits)
        {
            offer.Append("; ").Append(ClientBits);
        }

        return offer.ToString();
    }

    /// <summary>
    /// Reads the value of the answer's header. False when it is not one agreement to permessage-deflate on terms that
    /// were offered and make sense: such a connection must be failed.
    /// </summary>
    /// <param name="answer">The header's value.</param>
    /// <param name="offered">What was offered.</param>
    /// <param name="terms">What holds from now on.</param>
    /// <param name="complaint">What is wrong, in words.</param>
    public static bool TryAgree(
        string answer,
        DeflateOptions offered,
        [NotNullWhen(true)] out DeflateTerms? terms,
        out string complaint)
    {
        terms = null;
        complaint = "";
        var parts = answer.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] != Name)
        {
            complaint = "names an extension that was not offered, or more than one";
            return false;
        }

        var agreed = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in parts.AsSpan(1))
        {
            if (!TryParameter(part, out var name, out var bits) || !agreed.TryAdd(name, bits))
            {
                complaint = "has a parameter that is unknown, repeated or without a sense";
                return false;
            }
        }

        complaint = Contradiction(agreed, offered);
        if (complaint.Length > 0)
        {
            return false;
        }

        terms = new(
            agreed.ContainsKey(ServerTakeover),
            agreed.ContainsKey(ClientTakeover) || offered.ClientNoContextTakeover,
            agreed.GetValueOrDefault(ServerBits, DeflateOptions.MaxWindowBits),
            agreed.GetValueOrDefault(ClientBits, DeflateOptions.MaxWindowBits));
        return true;
    }

    /// <summary>What the server did not agree to or was not asked for; empty when all is well.</summary>
    private static string Contradiction(Dictionary<string, int> agreed, DeflateOptions offered)
    {
        if (offered.ServerNoContextTakeover && !agreed.ContainsKey(ServerTakeover))
        {
            return $"lacks {ServerTakeover}, which was asked for";
        }

        if (agreed.GetValueOrDefault(ServerBits, DeflateOptions.MaxWindowBits) > offered.ServerMaxWindowBits)
        {
            return $"has no {ServerBits} of at most {offered.ServerMaxWindowBits}, which was asked for";
        }

        return agreed.ContainsKey(ClientBits) && !offered.AllowsClientWindowBits
            ? $"has {ClientBits}, which was not offered"
            : "";
    }

    /// <summary>One parameter of the answer. A number may stand in quotes (RFC 6455 section 9.1).</summary>
    private static bool TryParameter(string text, out string name, out int bits)
    {
        bits = 0;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        name = equals < 0 ? text : text[..equals].TrimEnd();
        if (name is ServerTakeover or ClientTakeover)
        {
            return equals < 0;
        }

        if (name is not (ServerBits or ClientBits) || equals < 0)
        {
            return false;
        }

        var value = text[(equals + 1)..].TrimStart();
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
        {
            value = value[1..^1];
        }

        bits = value switch
        {
            "8" => 8,
            "9" => 9,
            ['1', >= '0' and <= '5' and var last] => 10 + (last - '0'),
            _ => 0,
        };
        return bits != 0;
    }
}

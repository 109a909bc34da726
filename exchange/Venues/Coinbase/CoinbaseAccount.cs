using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>An account of the simulated venue: who signs with it may subscribe to the channels that need one.</summary>
public sealed class CoinbaseAccount
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>The key. Default <c>simulated</c>.</summary>
    public string Key { get; init; } = "simulated";

    /// <summary>The secret that signs, in base64. Default <c>c2ltdWxhdGVk</c>; it guards nothing.</summary>
    public string Secret { get; init; } = "c2ltdWxhdGVk";

    /// <summary>The passphrase. Default <c>simulated</c>.</summary>
    public string Passphrase { get; init; } = "simulated";

    /// <summary>Whether a request wants to authenticate.</summary>
    internal static bool IsSigned(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty("signature", out _);

    /// <summary>Why a signed request does not prove that it is this account's; null when it does.</summary>
    internal string? Refusal(JsonElement request, DateTimeOffset now)
    {
        var time = Text(request, "timestamp");
        if (!decimal.TryParse(time, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - now.ToUnixTimeSeconds()) > (decimal)Tolerance.TotalSeconds)
        {
            return "request timestamp expired";
        }

        if (Text(request, "key") != Key || Text(request, "passphrase") != Passphrase)
        {
            return "invalid key or passphrase";
        }

        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes($"{time}GET/users/self/verify"));
        return Text(request, "signature") == Convert.ToBase64String(signature) ? null : "invalid signature";
    }

    /// <summary>A text, or the text of a number: the timestamp is sent as either.</summary>
    private static string Text(JsonElement request, string name) =>
        !request.TryGetProperty(name, out var found) ? string.Empty
        : found.ValueKind == JsonValueKind.String ? found.GetString()!
        : found.ValueKind == JsonValueKind.Number ? found.GetRawText()
        : string.Empty;
}

using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>
/// A request to subscribe or unsubscribe: channels by name with the request's products, or as objects with their own.
/// </summary>
/// <param name="Subscribes">False to unsubscribe.</param>
/// <param name="Channels">Each channel with its products; none stands for all of an unsubscribe.</param>
internal sealed record CoinbaseRequest(
    bool Subscribes, IReadOnlyList<(string Name, IReadOnlyList<string> Products)> Channels)
{
    /// <summary>Reads it; false, with the reason, when it cannot be one.</summary>
    public static bool TryRead(
        JsonElement request, [NotNullWhen(true)] out CoinbaseRequest? found, out string? reason)
    {
        found = null;
        reason = "Type has to be either subscribe or unsubscribe";
        if (request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("type", out var type)
            || type.ValueKind != JsonValueKind.String || type.GetString() is not ("subscribe" or "unsubscribe"))
        {
            return false;
        }

        reason = "No channels provided";
        if (!request.TryGetProperty("channels", out var channels) || channels.ValueKind != JsonValueKind.Array
            || channels.GetArrayLength() == 0 || Products(request, []) is not { } products)
        {
            return false;
        }

        var read = new List<(string, IReadOnlyList<string>)>();
        foreach (var channel in channels.EnumerateArray())
        {
            var name = channel.ValueKind == JsonValueKind.Object && channel.TryGetProperty("name", out var named)
                ? named
                : channel;
            if (name.ValueKind != JsonValueKind.String || Products(channel, products) is not { } own)
            {
                return false;
            }

            read.Add((name.GetString()!, own));
        }

        reason = null;
        found = new CoinbaseRequest(type.GetString() == "subscribe", read);
        return true;
    }

    private static IReadOnlyList<string>? Products(JsonElement parent, IReadOnlyList<string> otherwise)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty("product_ids", out var products))
        {
            return otherwise;
        }

        return products.ValueKind == JsonValueKind.Array
            && products.EnumerateArray().All(product => product.ValueKind == JsonValueKind.String)
                ? [.. products.EnumerateArray().Select(product => product.GetString()!)]
                : null;
    }
}

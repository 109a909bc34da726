using System;

namespace LowLatencyQuoter.Feeds.Model;

/// <summary>
/// A base asset priced in a quote asset, in upper case and in the common spelling (BTC, not XBT). Quote currencies are
/// never mixed: USD, USDT and USDC are different.
/// </summary>
/// <param name="Base">What is bought and sold.</param>
/// <param name="Quote">What it is paid with.</param>
public readonly record struct Pair(string Base, string Quote)
{
    /// <summary>
    /// Reads <c>BTC/USDT</c> or <c>BTC-USDT</c>, in any case, other spellings of an asset brought to the common one.
    /// </summary>
    /// <exception cref="FormatException">The text is not two assets of 2 to 12 letters and digits.</exception>
    public static Pair Parse(string text)
    {
        var parts = text.Split('/', '-');
        if (parts.Length != 2 || !IsAsset(parts[0]) || !IsAsset(parts[1]))
        {
            throw new FormatException($"'{text}' is not an instrument; write it as BASE/QUOTE, for instance BTC/USDT");
        }

        return new Pair(AssetAliases.Common(parts[0]), AssetAliases.Common(parts[1]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Base}/{Quote}";

    private static bool IsAsset(string text)
    {
        if (text.Length is < 2 or > 12)
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return false;
            }
        }

        return true;
    }
}

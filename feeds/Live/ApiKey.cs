using System;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// A key that a venue gave its holder, sent when connecting and shown nowhere: neither a log nor a page can print it.
/// Equal to another one of the same text. Threads: any.
/// </summary>
public sealed class ApiKey : IEquatable<ApiKey>
{
    private const int LengthMax = 512;

    /// <summary>Takes the text.</summary>
    /// <exception cref="FormatException">It cannot be a key; says why, without it.</exception>
    public ApiKey(string text)
    {
        if (text.Length is 0 or > LengthMax)
        {
            throw new FormatException($"the key has {text.Length} characters, not 1 to {LengthMax}");
        }

        foreach (var letter in text)
        {
            if (letter is <= ' ' or > '~')
            {
                throw new FormatException("the key has a blank or a sign that is not of ASCII");
            }
        }

        Text = text;
    }

    /// <summary>What is sent.</summary>
    internal string Text { get; }

    /// <inheritdoc/>
    public bool Equals(ApiKey? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "set";
}

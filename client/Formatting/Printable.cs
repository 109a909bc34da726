namespace LowLatencyQuoter.Client.Formatting;

/// <summary>Makes text of others safe to show: it may not move the cursor, change colors or begin a line.</summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with each control character, line separator and text direction mark replaced.</summary>
    public static string Line(string text) => HasUnsafe(text)
        ? string.Create(text.Length, text, static (target, source) =>
        {
            for (var index = 0; index < target.Length; index++)
            {
                target[index] = IsUnsafe(source[index]) ? Replacement : source[index];
            }
        })
        : text;

    private static bool HasUnsafe(string text)
    {
        foreach (var character in text)
        {
            if (IsUnsafe(character))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnsafe(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

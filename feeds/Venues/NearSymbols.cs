using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>
/// What somebody may have meant who wrote a symbol that a venue does not list: the same letters and digits with other
/// signs between or in other case, else those with the fewest letters changed, left out or put in. Any thread.
/// </summary>
public static class NearSymbols
{
    private const int MostShown = 3;
    private const int MostChanges = 2;

    /// <summary>At most three listed symbols, nearest first; empty when nothing is near.</summary>
    public static IReadOnlyList<string> Of(string symbol, IEnumerable<string> listed)
    {
        var wanted = Letters(symbol);
        return
        [
            .. listed
                .Select(candidate => (Symbol: candidate, Changes: Changes(wanted, Letters(candidate))))
                .Where(static candidate => candidate.Changes <= MostChanges)
                .OrderBy(static candidate => candidate.Changes)
                .ThenBy(static candidate => candidate.Symbol, StringComparer.Ordinal)
                .Take(MostShown)
                .Select(static candidate => candidate.Symbol),
        ];
    }

    private static string Letters(string symbol) =>
        string.Concat(symbol.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant));

    /// <summary>The distance of Levenshtein, row by row.</summary>
    private static int Changes(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MostChanges)
        {
            return int.MaxValue;
        }

        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        var row = new int[above.Length];
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above[j], row[j - 1]));
            }

            (above, row) = (row, above);
        }

        return above[^1];
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Server.Options;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestion
{
    /// <summary><c> (did you mean 'binance'?)</c>, or nothing when no name is near.</summary>
    public static string For<T>(string text, IEnumerable<T> known, Func<T, string> name)
    {
        var best = "";
        var least = Math.Max(2, text.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var distance = Distance(text.ToLowerInvariant(), name(candidate).ToLowerInvariant());
            if (distance < least)
            {
                least = distance;
                best = name(candidate);
            }
        }

        return best.Length == 0 ? "" : $" (did you mean '{best}'?)";
    }

    /// <summary>The names that are near a text, the nearest first, three at most.</summary>
    public static IReadOnlyList<string> Near(string text, IEnumerable<string> known)
    {
        var most = Math.Max(2, text.Length / 3);
        return
        [
            .. known.Select(name => (Name: name, Far: Distance(text.ToLowerInvariant(), name.ToLowerInvariant())))
                .Where(candidate => candidate.Far <= most)
                .OrderBy(static candidate => candidate.Far)
                .Take(3)
                .Select(static candidate => candidate.Name),
        ];
    }

    /// <summary>Letters to insert, delete or replace to get from one to the other (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var above = row[column];
                var replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                row[column] = Math.Min(replaced, Math.Min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}

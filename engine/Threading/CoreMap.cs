using System;
using System.Collections.Generic;
using System.Globalization;

namespace LowLatencyQuoter.Engine.Threading;

/// <summary>Which thread runs on which core, by role: <c>engine:2,publisher:3,binance:4</c>.</summary>
public sealed class CoreMap
{
    private readonly Dictionary<string, int> _cores;

    private CoreMap(Dictionary<string, int> cores) => _cores = cores;

    /// <summary>No thread is pinned.</summary>
    public static CoreMap Empty { get; } = new([]);

    /// <summary>The roles that have a core.</summary>
    public IReadOnlyCollection<string> Roles => _cores.Keys;

    /// <summary>The core of a role, or -1.</summary>
    public int Of(string role) => _cores.TryGetValue(role, out var core) ? core : -1;

    /// <summary>
    /// Reads <c>role:core,role:core</c>, with or without blanks around the commas; empty text is no map.
    /// </summary>
    /// <param name="text">The map.</param>
    /// <param name="coreCount">Cores there are; a core at or above is refused.</param>
    /// <exception cref="FormatException">Says which part is wrong and why.</exception>
    public static CoreMap Parse(string text, int coreCount)
    {
        var cores = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0
                || char.IsWhiteSpace(part[colon - 1])   // a role that no thread has
                || !int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var core))
            {
                throw new FormatException($"'{part}' is not role:core, for instance engine:2");
            }

            if (core >= coreCount)
            {
                throw new FormatException(
                    $"core {core} of '{part}' does not exist; this machine has 0 to {coreCount - 1}");
            }

            if (!cores.TryAdd(part[..colon], core))
            {
                throw new FormatException($"'{part[..colon]}' is named twice");
            }
        }

        return new CoreMap(cores);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = new List<string>();
        foreach (var (role, core) in _cores)
        {
            parts.Add($"{role}:{core}");
        }

        return string.Join(',', parts);
    }
}

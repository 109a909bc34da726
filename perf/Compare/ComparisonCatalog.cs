using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Perf.Compare.Books;
using LowLatencyQuoter.Perf.Compare.Decoding;
using LowLatencyQuoter.Perf.Compare.Pipelines;
using LowLatencyQuoter.Perf.Compare.Quotes;
using LowLatencyQuoter.Perf.Compare.Rings;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>Every comparison there is; the one place where a group of new ones is registered.</summary>
internal static class ComparisonCatalog
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<ComparisonCase> All { get; } =
    [
        .. RingCases.All, .. DecodeCases.All, .. BookCases.All, .. QuoteCases.All, .. PipelineCases.All,
    ];

    /// <summary>The cases whose names begin with one of the prefixes; all when there is none.</summary>
    /// <exception cref="ComparisonException">A prefix matches no case.</exception>
    public static IReadOnlyList<ComparisonCase> Choose(IReadOnlyList<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (!All.Any(item => item.Name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                throw new ComparisonException(
                    $"--only: no case begins with '{prefix}'; there are "
                    + string.Join(", ", All.Select(static item => item.Name)));
            }
        }

        return prefixes.Count == 0
            ? All
            : [.. All.Where(item => prefixes.Any(prefix => item.Name.StartsWith(prefix, StringComparison.Ordinal)))];
    }

    /// <summary>The case of exactly this name.</summary>
    /// <exception cref="ComparisonException">There is none.</exception>
    public static ComparisonCase Named(string name) =>
        All.SingleOrDefault(item => item.Name == name)
        ?? throw new ComparisonException($"no case is named '{name}'; list names them");
}

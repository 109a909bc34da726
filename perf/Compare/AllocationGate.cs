using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>
/// Bytes an operation may allocate, by case: <c>baselines/allocations.json</c> beside the program. A case without a
/// line there may allocate nothing.
/// </summary>
internal sealed class AllocationGate(IReadOnlyDictionary<string, double> limits)
{
    /// <summary>The file that goes with the program.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "baselines",
        "allocations.json");

    /// <summary>Reads a file of limits.</summary>
    /// <exception cref="InvalidDataException">It is not a JSON object of numbers that are 0 or more.</exception>
    public static AllocationGate Load(string path)
    {
        var limits = new Dictionary<string, double>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var limit in document.RootElement.EnumerateObject())
            {
                limits[limit.Name] = limit.Value.GetDouble() is >= 0 and var bytes
                    ? bytes
                    : throw new InvalidDataException(
                        $"{path}: {limit.Name} is {limit.Value}, expected bytes from 0 up");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: expected an object of case names and bytes: {e.Message}");
        }

        return new AllocationGate(limits);
    }

    /// <summary>What a case may allocate an operation.</summary>
    public double LimitOf(string name) => limits.GetValueOrDefault(name);

    /// <summary>A line for every case that allocates more than it may.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<ComparedCase> results)
    {
        var violations = new List<string>();
        foreach (var result in results)
        {
            var limit = LimitOf(result.Case.Name);
            if (result.BytesPerOperation > limit)
            {
                violations.Add(FormattableString.Invariant(
                    $"{result.Case.Name} allocates {result.BytesPerOperation:0.###} bytes an operation; {limit} are")
                    + " allowed");
            }
        }

        return violations;
    }
}

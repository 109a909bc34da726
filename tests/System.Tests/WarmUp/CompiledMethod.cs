using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace LowLatencyQuoter.System.Tests.WarmUp;

/// <summary>A method that was compiled.</summary>
/// <param name="Time">When it could be called.</param>
/// <param name="Tier">How well.</param>
/// <param name="Name">Type and method without type arguments, as reflection spells them.</param>
/// <param name="Type">The type with its arguments.</param>
internal sealed record CompiledMethod(DateTime Time, string Tier, string Name, string Type)
{
    /// <summary>Reads what <see cref="CompiledMethodWriter"/> wrote, while it may still write.</summary>
    public static IReadOnlyList<CompiledMethod> Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var methods = new List<CompiledMethod>();
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            if (parts.Length == 4)
            {
                var bracket = parts[2].IndexOf('[', StringComparison.Ordinal);
                var type = bracket < 0 ? parts[2] : parts[2][..bracket];
                methods.Add(new CompiledMethod(
                    DateTime.Parse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                    parts[1],
                    $"{type}.{parts[3]}",
                    parts[2]));
            }
        }

        return methods;
    }
}

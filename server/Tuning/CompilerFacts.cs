using System;

namespace LowLatencyQuoter.Server.Tuning;

/// <summary>How methods are compiled; fixed when the process started.</summary>
internal static class CompilerFacts
{
    /// <summary>True when methods are compiled quickly at first, and in full when they are called often.</summary>
    public static bool IsTiered => IsOn("System.Runtime.TieredCompilation", "DOTNET_TieredCompilation");

    /// <summary>In words.</summary>
    public static RuntimeFact Read()
    {
        var isGuided = IsOn("System.Runtime.TieredPGO", "DOTNET_TieredPGO");
        var text = !IsTiered ? "in full at the first call, not guided by profiles"
            : isGuided ? "tiered, guided by profiles"
            : "tiered, not guided by profiles";
        return new RuntimeFact("compiler", "", text);
    }

    /// <summary>The environment wins over the runtime's configuration; its numbers are hexadecimal.</summary>
    private static bool IsOn(string property, string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        return text is { Length: > 0 }
            ? text.Trim('0').Length != 0
            : !AppContext.TryGetSwitch(property, out var isOn) || isOn;
    }
}

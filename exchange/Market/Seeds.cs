namespace LowLatencyQuoter.Exchange.Market;

/// <summary>Independent seeds for the parts of one market, from the one seed the user gives.</summary>
internal static class Seeds
{
    /// <summary>The same words give the same seed in every process (FNV-1a; string hash codes would not).</summary>
    public static int Derive(int seed, string purpose, string name)
    {
        var hash = 2166136261u;
        foreach (var character in $"{seed}|{purpose}|{name}")
        {
            hash = (hash ^ character) * 16777619u;
        }

        return (int)hash;
    }
}

namespace LowLatencyQuoter.Testing;

/// <summary>Test categories, for filters such as <c>--filter TestCategory!=Litmus</c>. A unit test has none.</summary>
public static class Categories
{
    /// <summary>Asserts that a hot path allocates nothing.</summary>
    public const string Allocation = nameof(Allocation);

    /// <summary>Opens real sockets on 127.0.0.1.</summary>
    public const string Loopback = nameof(Loopback);

    /// <summary>Runs threads against each other to provoke a memory-order fault.</summary>
    public const string Litmus = nameof(Litmus);

    /// <summary>Reads the recorded venue traffic.</summary>
    public const string Captures = nameof(Captures);

    /// <summary>Talks to a program of others.</summary>
    public const string Foreign = nameof(Foreign);
}

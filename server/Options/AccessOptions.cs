using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Options;

/// <summary>Who may reach the endpoints, and how much each of them may ask for.</summary>
public sealed record AccessOptions
{
    /// <summary>PEM file of the server's certificate and those between it and its root; null: clear text.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its private key; null: in the same file.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// PEM file of the roots of the clients' certificates; null: clients of the gRPC ports show none.
    /// </summary>
    public string? ClientRoots { get; init; }

    /// <summary>Names of certificates that are let in; empty: all of those roots.</summary>
    public IReadOnlyList<string> ClientNames { get; init; } = [];

    /// <summary>True to serve clear text beyond this machine.</summary>
    public bool ClearTextAnywhere { get; init; }

    /// <summary>File of clients' names and tokens, a line each; null: gRPC calls bear none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Most calls of one client at a time.</summary>
    public int StreamsMax { get; init; }

    /// <summary>Most instruments that one client streams at a time, over all of its calls.</summary>
    public int SymbolsMax { get; init; }

    /// <summary>Calls that one client may begin a second, and at once.</summary>
    public int CallsPerSecond { get; init; }
}

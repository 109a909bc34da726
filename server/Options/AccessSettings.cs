using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;

namespace LowLatencyQuoter.Server.Options;

/// <summary>The settings of <see cref="AccessOptions"/>, and what only all of them together can tell.</summary>
internal static class AccessSettings
{
    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("tls.certificate", "", "PEM file of the server's certificate chain; with it all ports speak TLS 1.2 or 1.3",
            static (d, t) => d.Access = d.Access with { Certificate = ExistingFile(t) },
            static o => o.Access.Certificate ?? "", Name: "tlsCertificate"),
        new("tls.key", "", "PEM file of its private key, readable by its owner alone; empty: in the same file",
            static (d, t) => d.Access = d.Access with { Key = ExistingFile(t) },
            static o => o.Access.Key ?? "", Name: "tlsKey"),
        new("tls.clientRoots", "", "PEM file of roots: clients of the gRPC ports must show a certificate of theirs",
            static (d, t) => d.Access = d.Access with { ClientRoots = ExistingFile(t) },
            static o => o.Access.ClientRoots ?? "", Name: "tlsClientRoots"),
        new("tls.clientNames", "",
            "names of client certificates that are let in, by commas; empty: all of those roots",
            static (d, t) => d.Access = d.Access with { ClientNames = NamesOf(t) },
            static o => string.Join(',', o.Access.ClientNames), Name: "tlsClientNames"),
        new("clearTextAnywhere", "false",
            "serve clear text beyond this machine: everybody between can read and change it",
            static (d, t) => d.Access = d.Access with { ClearTextAnywhere = SettingText.Boolean(t) },
            static o => o.Access.ClearTextAnywhere ? "true" : "false", IsSwitch: true),
        new("clients.tokenFile", "", "file of clients, NAME TOKEN a line; gRPC calls must then bear one of these tokens",
            static (d, t) => d.Access = d.Access with { TokenFile = ExistingFile(t) },
            static o => o.Access.TokenFile ?? "", Name: "clientTokenFile"),
        new("clients.streams", "256", "most calls of one client at a time",
            static (d, t) => d.Access = d.Access with { StreamsMax = SettingText.Integer(t, 1, 1_000_000) },
            static o => Text(o.Access.StreamsMax), Name: "clientStreams"),
        new("clients.symbols", "4096", "most instruments that one client streams at a time, over all of its calls",
            static (d, t) => d.Access = d.Access with { SymbolsMax = SettingText.Integer(t, 1, 1_000_000) },
            static o => Text(o.Access.SymbolsMax), Name: "clientSymbols"),
        new("clients.callsPerSecond", "1000", "calls that one client may begin a second",
            static (d, t) => d.Access = d.Access with { CallsPerSecond = SettingText.Integer(t, 1, 1_000_000) },
            static o => Text(o.Access.CallsPerSecond), Name: "clientCallsPerSecond"),
    ];

    /// <summary>Checks what goes together.</summary>
    /// <exception cref="OptionsException">Names what does not, and the fix.</exception>
    public static void Check(AccessOptions access, string host)
    {
        if (access.Certificate is null)
        {
            if (access.Key is not null)
            {
                throw new OptionsException("tls.key: there is no certificate to it: give tls.certificate too");
            }

            if (access.ClientRoots is not null)
            {
                throw new OptionsException(
                    "tls.clientRoots: clients show certificates over TLS alone: give tls.certificate too");
            }

            if (!IPAddress.IsLoopback(IPAddress.Parse(host)) && !access.ClearTextAnywhere)
            {
                throw new OptionsException(
                    $"host: {host} is reached from beyond this machine, where clear text is not served: give "
                    + "tls.certificate, or ask for it by name: --clear-text-anywhere");
            }
        }

        if (access.ClientNames.Count != 0 && access.ClientRoots is null)
        {
            throw new OptionsException("tls.clientNames: whose names? Give tls.clientRoots, who vouches for them, too");
        }
    }

    private static List<string> NamesOf(string text)
    {
        var names = new List<string>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            names.Add(name);
        }

        return names;
    }

    private static string? ExistingFile(string text) =>
        text.Length == 0 ? null
        : File.Exists(text) ? Path.GetFullPath(text)
        : throw new FormatException($"there is no file '{text}'");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

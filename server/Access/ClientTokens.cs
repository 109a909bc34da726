using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Access;

/// <summary>
/// Names of clients and their tokens, of which only hashes are kept. Threads: any; it never changes.
/// </summary>
internal sealed class ClientTokens
{
    private const string Setting = "clients.tokenFile";
    private const int LengthMin = 16;
    private const int LengthMax = 512;
    private readonly List<(string Name, byte[] Hash)> _clients = [];

    private ClientTokens()
    {
    }

    /// <summary>Count of clients.</summary>
    public int Count => _clients.Count;

    /// <summary>Reads a file with a client a line: name, blank, token. Lines that begin with # say nothing.</summary>
    /// <exception cref="OptionsException">Names file and line, but never a token.</exception>
    public static ClientTokens Read(string file)
    {
        var tokens = new ClientTokens();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in SecretFile.Read(file, Setting, "choose new tokens").Split('\n'))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 2)
            {
                throw new OptionsException($"{Setting}: {file}:{number}: a line is NAME TOKEN, with a blank between");
            }

            if (parts[1].Length is < LengthMin or > LengthMax || !Ascii.IsValid(parts[1]))
            {
                throw new OptionsException(
                    $"{Setting}: {file}:{number}: a token has {LengthMin} to {LengthMax} signs of ASCII, for instance "
                    + "those of: openssl rand -hex 32");
            }

            if (!names.Add(parts[0]))
            {
                throw new OptionsException($"{Setting}: {file}:{number}: {parts[0]} has a line already");
            }

            tokens._clients.Add((parts[0], HashOf(parts[1])));
        }

        return tokens.Count != 0
            ? tokens
            : throw new OptionsException($"{Setting}: {file} names no client, so that none could call: add one");
    }

    /// <summary>Whose token it is, or null. Takes as long for any other text of its length.</summary>
    public string? OwnerOf(string token)
    {
        var hash = HashOf(token);
        string? owner = null;
        foreach (var (name, known) in _clients)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                owner = name;   // and on, so that its place does not show
            }
        }

        return owner;
    }

    /// <summary>True when both have the same clients with the same tokens.</summary>
    public bool Equals(ClientTokens other)
    {
        if (other.Count != Count)
        {
            return false;
        }

        for (var index = 0; index < Count; index++)
        {
            if (_clients[index].Name != other._clients[index].Name
                || !_clients[index].Hash.AsSpan().SequenceEqual(other._clients[index].Hash))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

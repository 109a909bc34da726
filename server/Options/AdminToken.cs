using System.Security.Cryptography;
using System.Text;

namespace LowLatencyQuoter.Server.Options;

/// <summary>
/// The secret that opens <c>quoter.v1.AdminService</c>. Only its hash is kept, and no text of it is ever made: neither
/// a log nor a page can show it. Threads: any.
/// </summary>
public sealed class AdminToken
{
    /// <summary>The variable that may hold the token.</summary>
    public const string Variable = "QUOTER_ADMIN_TOKEN";

    private const int LengthMin = 16;
    private const int LengthMax = 512;
    private readonly byte[] _hash;

    private AdminToken(string token) => _hash = HashOf(token);

    /// <summary>True for the token itself. Takes as long for any other text of its length.</summary>
    public bool Is(string token) => CryptographicOperations.FixedTimeEquals(HashOf(token), _hash);

    /// <inheritdoc/>
    public override string ToString() => "set";

    /// <summary>The token of the variable, or else of the file; null when neither is given.</summary>
    /// <exception cref="OptionsException">
    /// Names where the token stands and what is wrong, but never the token.
    /// </exception>
    internal static AdminToken? Read(string? variable, string? file)
    {
        if (variable is not null)
        {
            return Check(variable, Variable);
        }

        if (file is null)
        {
            return null;
        }

        return Check(SecretFile.Read(file, "adminTokenFile", "choose a new token").Trim(), $"adminTokenFile: {file}");
    }

    private static AdminToken Check(string token, string origin)
    {
        if (token.Length is < LengthMin or > LengthMax)
        {
            throw new OptionsException(
                $"{origin}: the token has {token.Length} characters; give it {LengthMin} to {LengthMax}, for instance "
                + "those of: openssl rand -hex 32");
        }

        foreach (var letter in token)
        {
            if (letter is <= ' ' or > '~')
            {
                throw new OptionsException($"{origin}: the token has a blank or a sign that is not of ASCII");
            }
        }

        return new AdminToken(token);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

using System;
using System.IO;
using System.Security.Cryptography;

namespace LowLatencyQuoter.Server.Page;

/// <summary>A file of the page, part of the program.</summary>
/// <param name="Path">Where it is served.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Tag">Its entity tag: another content has another one.</param>
internal sealed record PageFile(string Path, string ContentType, byte[] Bytes, string Tag)
{
    /// <summary>Reads it from the program's resources.</summary>
    /// <param name="resource">Its name there: the folder's name and the file's.</param>
    public static PageFile Read(string resource)
    {
        var name = resource["page/".Length..];
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new PageFile(
            name == "index.html" ? "/" : "/" + resource,
            TypeOf(name),
            bytes,
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidDataException($"{name}: no media type is known for {other}"),
    };
}

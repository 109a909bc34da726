using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.System.Tests.Processes;
using LowLatencyQuoter.Testing;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>What one run of the script gave.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its stdout.</param>
/// <param name="Errors">Its stderr.</param>
internal sealed record PinCores(int Code, string Output, string Errors)
{
    /// <summary>Exit codes, as the script's help lists them.</summary>
    public const int Ok = 0, Partial = 2, Refused = 3;

    /// <summary>The script.</summary>
    public static string Script { get; } = Path.Combine(Repository.Root, "scripts", "pin-cores.sh");

    /// <summary>The object on the last line of stdout.</summary>
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]).RootElement;

    /// <summary>Runs it against a tree, or against this machine.</summary>
    public static async Task<PinCores> RunAsync(FakeMachine? machine, params string[] arguments)
    {
        await using var program = RunningProgram.Start(
            Script, arguments, ("QUOTER_SYSROOT", machine?.Root ?? ""));
        var code = await program.ExitAsync(TimeSpan.FromSeconds(30));
        return new PinCores(code, program.Output, program.Errors);
    }

    /// <summary>The texts of an array of the object.</summary>
    public string[] Texts(string name) =>
        [.. Json.GetProperty(name).EnumerateArray().Select(static item => item.GetString()!)];

    /// <summary>A text of the object.</summary>
    public string Text(string name) => Json.GetProperty(name).GetString()!;
}

using System;
using LowLatencyQuoter.System.Tests.WarmUp;

/// <summary>
/// What the runtime calls in a program that is started with this assembly in <c>DOTNET_STARTUP_HOOKS</c>: the program
/// is the one that is shipped, and tells which methods are compiled. The name, without a namespace, is the runtime's.
/// </summary>
#pragma warning disable CA1050 // see above
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>Names the file that the lines go to.</summary>
    public const string FileVariable = "QUOTER_TEST_COMPILED_METHODS";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
        {
            CompiledMethodWriter.Start(file);
        }
    }
}

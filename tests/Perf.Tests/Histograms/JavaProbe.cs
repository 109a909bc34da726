using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Histograms;

/// <summary>
/// HdrHistogram's own code in a Java virtual machine, behind the program tests/foreign/java/HistogramProbe.java.
/// </summary>
internal sealed class JavaProbe : IDisposable
{
    private const string Library = "/usr/share/java/hdrhistogram.jar";
    private const string Needed = "HdrHistogram for Java and a JDK; run scripts/install-test-clients.sh";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("histogram-probe-");

    /// <summary>
    /// Compiles the program; skips the test, or fails it in CI, where Java or the library is missing.
    /// </summary>
    public JavaProbe()
    {
        ForeignTool.Require(Needed, "javac", "--version");
        ForeignTool.Require(Needed, "test", "-f", Library);
        Run("javac", string.Empty, "-cp", Library, "-d", _folder.FullName,
            Path.Combine(Repository.Root, "tests", "foreign", "java", "HistogramProbe.java"));
    }

    /// <summary>A path in the probe's own folder.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Its standard output for a verb and what that needs; fails the test when it fails.</summary>
    public string Ask(string input, params IEnumerable<string> arguments) =>
        Run("java", input, ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", $"{Library}:{_folder.FullName}",
            "HistogramProbe", .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Run(string file, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{file} did not end within {Patience.TotalSeconds} s");
        }

        Assert.That(process.ExitCode, Is.Zero, () => errors.ToString());
        return output.Result;
    }
}

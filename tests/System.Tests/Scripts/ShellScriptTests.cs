using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using LowLatencyQuoter.System.Tests.Processes;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>Every shell script of the repository passes shellcheck, and can be run.</summary>
[TestFixture]
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[Category(Categories.Foreign)]
public sealed class ShellScriptTests
{
    [Test]
    public async Task ScriptsAreCleanByShellcheck()
    {
        ForeignTool.Require("shellcheck (Debian: apt-get install shellcheck)", "shellcheck", "--version");
        var scripts = Directory.GetFiles(Path.Combine(Repository.Root, "scripts"), "*.sh");
        Assert.That(scripts, Does.Contain(PinCores.Script));

        await using var program = RunningProgram.Start("shellcheck", scripts);
        var code = await program.ExitAsync(TimeSpan.FromSeconds(60));

        Assert.That(code, Is.Zero, program.Output + program.Errors);
    }

    [Test]
    public void EverySourcedFileIsPartOfTheScript()
    {
        var text = File.ReadAllText(PinCores.Script);

        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "scripts", "lib", "pin")))
        {
            Assert.That(text, Does.Contain($"source \"$here/lib/pin/{Path.GetFileName(file)}\""));
        }
    }

    [Test]
    public void ScriptsMayBeExecuted()
    {
        var closed = Directory.GetFiles(Path.Combine(Repository.Root, "scripts"), "*.sh")
            .Where(static file => !File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute));

        Assert.That(closed, Is.Empty);
    }
}

using System;
using System.IO;
using System.Threading.Tasks;
using LowLatencyQuoter.Client.Commands;
using NUnit.Framework;

namespace LowLatencyQuoter.Client.Tests.Commands;

/// <summary>What the command line takes and how it refuses.</summary>
public sealed class ClientCommandTests
{
    [TestCase("", "Required command was not provided; see --help")]
    [TestCase("listen", "Required command was not provided; see --help")]
    [TestCase("watch --bogus", "Unrecognized command or argument '--bogus'; see --help")]
    [TestCase("watch --symbol BTCUSDT", "--symbol takes an instrument such as BTC/USDT, not 'BTCUSDT'; see --help")]
    [TestCase("watch --port x", "--port takes a whole number from 1 to 65535, not 'x'; see --help")]
    [TestCase("watch --port 65536", "--port takes a whole number from 1 to 65535, not '65536'; see --help")]
    [TestCase("watch --count 0", "--count takes a whole number of at least 1, not '0'; see --help")]
    [TestCase("watch --count -1", "--count takes a whole number of at least 1, not '-1'; see --help")]
    [TestCase("watch --host a:b:c", "--host takes a host name or an IP address, without port, not 'a:b:c'; see --help")]
    [TestCase("watch --timeout 0s", "--timeout takes a time above zero such as 30s, 500ms or 2m (at most 20 days), "
        + "not '0s'; see --help")]
    [TestCase("watch --timeout 99999h", "--timeout takes a time above zero such as 30s, 500ms or 2m (at most 20 days), "
        + "not '99999h'; see --help")]
    [TestCase("watch --plain --json", "--plain and --json exclude each other; name one; see --help")]
    public async Task BadUsageIsOneLineAndExitCode2(string line, string expected)
    {
        var (exit, output, errors) = await RunAsync(line);

        Assert.That(errors, Is.EqualTo(expected + "\n"));
        Assert.That(output, Is.Empty);
        Assert.That(exit, Is.EqualTo(ExitCode.BadUsage));
    }

    [TestCase("--help", "watch")]
    [TestCase("watch --help", "--reconnect")]
    [TestCase("watch -h", "--count <N>")]
    public async Task HelpGoesToStdout(string line, string expected)
    {
        var (exit, output, errors) = await RunAsync(line);

        Assert.That(output, Does.Contain(expected));
        Assert.That(errors, Is.Empty);
        Assert.That(exit, Is.EqualTo(ExitCode.Ok));
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var exit = await ClientCommand.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, errors);
        return (exit, output.ToString(), errors.ToString());
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using LowLatencyQuoter.System.Tests.Processes;
using LowLatencyQuoter.System.Tests.Tidy;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.WarmUp;

/// <summary>The first real message meets compiled code: the shipped program tells what it compiles, and when.</summary>
[Category(Categories.Loopback)]
[NonParallelizable]
public sealed partial class WarmUpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Assemblies = ["Engine", "Wire", "Feeds", "Server"];

    /// <summary>Each exception with its reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["LowLatencyQuoter.Wire.Transport.StreamSocket.CallIdle"] = "called when no byte came for 20 ms",
        ["LowLatencyQuoter.Engine.Pipeline.NoticeBoard.get_Dropped"] = "read by the log",
        ["LowLatencyQuoter.Feeds.Decoding.SocketChannels.ChannelOf"] = "asked when a book is subscribed anew",
        ["LowLatencyQuoter.Feeds.FrameIntake`1.KeepsUnsubscribed"] = "called when a silent book is subscribed anew",
    };

    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [TestCase("dedicated")]
    [TestCase("shared")]
    public async Task NoHotMethodIsCompiledOnceTheWarmUpIsOver(string mode)
    {
        var (_, warm, methods) = await RunAsync("--mode", mode, "--warm-up", "60");
        var hot = HotMethods();
        var before = methods.Where(method => hot.Contains(method.Name) && method.Time <= warm).ToArray();
        var late = methods.Where(method =>
            hot.Contains(method.Name) && method.Time > warm && !Allowed.ContainsKey(method.Name));

        Assert.That(before, Has.Length.GreaterThan(300), "the hot methods are not recognized");
        Assert.That(before.Count(static method => method.Tier == "tier1"), Is.GreaterThan(80));
        Assert.That(late.Select(static method => $"{method.Tier} {method.Type} {method.Name}"), Is.Empty);
    }

    [Test]
    public async Task WithoutWarmUpHotMethodsAreCompiledUnderWay()
    {
        var (quoter, _, methods) = await RunAsync("--warm-up", "off");
        var hot = HotMethods();

        Assert.That(quoter, Does.Contain("runtime: warm-up: asked off; none"));
        Assert.That(methods.Count(method => hot.Contains(method.Name)), Is.GreaterThan(80), "this test sees nothing");
    }

    /// <summary>Runs the server until it has seen a second of traffic and more.</summary>
    private async Task<(string Errors, DateTime Warm, IReadOnlyList<CompiledMethod> Methods)> RunAsync(
        params string[] arguments)
    {
        await using var quoter = await QuoterProcess.StartAsync(
            [
                ("DOTNET_STARTUP_HOOKS", typeof(WarmUpTests).Assembly.Location),
                (StartupHook.FileVariable, _file),
            ],
            [.. arguments, "--rate", "20"]);
        var events = 0d;
        await Eventually.HoldsAsync(
            () => (events = quoter.MetricsAsync().GetAwaiter().GetResult()["quoter_engine_events_total"]) > 5_000,
            Limit,
            () => $"{events} events");
        var stopped = DateTime.UtcNow;
        quoter.Program.Signal("TERM");
        Assert.That(await quoter.Program.ExitAsync(Limit), Is.Zero, quoter.Program.Errors);
        var line = WarmedUp().Match(quoter.Program.Errors);
        var warm = line.Success
            ? DateTime.Parse(
                line.Groups[1].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : DateTime.MinValue;
        var methods = CompiledMethod.Read(_file).Where(method => method.Time < stopped).ToArray();
        return (quoter.Program.Errors, warm, methods);
    }

    private static HashSet<string> HotMethods() =>
    [
        .. Assemblies
            .Select(static name => Assembly.Load($"LowLatencyQuoter.{name}"))
            .SelectMany(static assembly => HotPathRules.MarkedMethods(assembly.GetTypes()))
            .Select(static method => $"{method.DeclaringType!.FullName}.{method.Name}"),
    ];

    [GeneratedRegex(@"^(\S+Z) info: Quoter\[3009\] warmed up: .* settled$", RegexOptions.Multiline)]
    private static partial Regex WarmedUp();
}

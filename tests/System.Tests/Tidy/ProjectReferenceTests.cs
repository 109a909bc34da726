using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>References between projects run one way.</summary>
public sealed class ProjectReferenceTests
{
    [TestCase("engine/Engine.csproj", "")]
    [TestCase("wire/Wire.csproj", "")]
    [TestCase("shm/Shm.csproj", "")]
    [TestCase("docs/clients/shm/csharp/Quotes.csproj", "Shm")]
    [TestCase("feeds/Feeds.csproj", "Engine Wire")]
    [TestCase("exchange/Exchange.csproj", "")]
    [TestCase("server/Server.csproj", "Engine Exchange Feeds Shm Wire")]
    [TestCase("client/Client.csproj", "Wire")]
    public void ProjectRefersToWhatItMayOnly(string project, string references) =>
        Assert.That(string.Join(' ', References(project)), Is.EqualTo(references));

    [Test]
    public void EveryProductProjectIsListedAbove()
    {
        var listed = typeof(ProjectReferenceTests).GetMethod(nameof(ProjectRefersToWhatItMayOnly))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false)
            .Select(static one => (string)((TestCaseAttribute)one).Arguments[0]!);

        Assert.That(
            SourceFiles.All("*.csproj").Where(static file => !file.StartsWith("tests/", StringComparison.Ordinal)
                && !file.StartsWith("perf/", StringComparison.Ordinal)),
            Is.EquivalentTo(listed));
    }

    [Test]
    public void OnlyTheServersHostNamesTheExchange()
    {
        var naming = SourceFiles.All("*.cs")
            .Where(static file => file.StartsWith("server/", StringComparison.Ordinal))
            .Where(static file => SourceFiles.Read(file)
                .Contains("LowLatencyQuoter.Exchange", StringComparison.Ordinal));

        Assert.That(naming, Is.EqualTo(new[] { "server/QuoterHost.cs" }));
    }

    private static string[] References(string project) =>
    [
        .. XDocument.Load(Path.Combine(Repository.Root, project))
            .Descendants("ProjectReference")
            .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .Order(StringComparer.Ordinal),
    ];
}

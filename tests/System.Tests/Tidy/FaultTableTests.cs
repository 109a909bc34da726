using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>The table of faults and their tests in <c>docs/testing.md</c> names tests that exist.</summary>
public sealed partial class FaultTableTests
{
    private const int FaultsOfFeeds = 27;

    [Test]
    public void EveryFaultOfFeedsHasARow() =>
        Assert.That(
            Rows().Select(static row => Number().Match(row).Groups["number"].Value),
            Is.EqualTo(Enumerable.Range(1, FaultsOfFeeds).Select(static number => $"F{number}")));

    [Test]
    public void EveryTestOfTheTableExists()
    {
        var tests = SourceFiles.All("*.cs")
            .Where(static file => file.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(SourceFiles.Lines)
            .Select(static line => TestMethod().Match(line))
            .Where(static match => match.Success)
            .Select(static match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var named = Rows().SelectMany(static row => Quoted().Matches(row)).Select(static name => name.Groups[1].Value);

        Assert.That(named.Where(name => !tests.Contains(name)), Is.Empty);
    }

    [Test]
    public void EveryRowNamesATest() => Assert.That(Rows().Where(static row => !Quoted().IsMatch(row)), Is.Empty);

    private static IEnumerable<string> Rows() =>
        SourceFiles.Lines("docs/testing.md").Where(static line => Number().IsMatch(line));

    [GeneratedRegex(@"^\| (?<number>F\d+) \|")]
    private static partial Regex Number();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^    public (async Task|Task|void) (?<name>\w+)\(")]
    private static partial Regex TestMethod();
}

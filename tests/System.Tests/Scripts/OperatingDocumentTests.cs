using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Scripts;

/// <summary>The operator's document names what there is.</summary>
[TestFixture]
public sealed partial class OperatingDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operating.md"));

    [TestCaseSource(nameof(Settings))]
    public void SettingHasARowWithItsFlagVariableAndDefault(string key)
    {
        var setting = SettingTable.Find(key)!;

        var row = Document.Split('\n').SingleOrDefault(line => line.StartsWith($"| `{key}` |"));

        Assert.That(row, Is.Not.Null, $"docs/operating.md has no row for {key}");
        Assert.That(row, Does.Contain($"`{setting.Flag}`").And.Contain($"`{setting.Environment}`"));
        Assert.That(row, Does.Contain(setting.Default.Length == 0 ? "| |" : $"| `{setting.Default}` |"));
    }

    [Test]
    public void NoRowNamesASettingThatIsGone()
    {
        var rows = SettingRow().Matches(Document).Select(static match => match.Groups[1].Value).ToArray();

        Assert.That(rows, Is.EquivalentTo(Settings));
    }

    [Test]
    public void EveryOptionOfTheScriptIsExplained()
    {
        var options = Option().Matches(File.ReadAllText(PinCores.Script))
            .Select(static match => match.Value.Trim()).Distinct().ToArray();

        Assert.That(options, Has.Length.GreaterThan(8));
        Assert.That(
            options.Where(static option => !Document.Contains("`" + option, StringComparison.Ordinal)), Is.Empty);
    }

    private static string[] Settings => [.. SettingTable.All.Select(static setting => setting.Key)];

    [GeneratedRegex(@"^\| `([a-zA-Z.]+)` \| `--", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^  --[a-z]+", RegexOptions.Multiline)]
    private static partial Regex Option();
}

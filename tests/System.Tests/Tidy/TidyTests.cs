using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>What the compiler does not look at.</summary>
public sealed partial class TidyTests
{
    private const int Columns = 120;

    [TestCase("engine")]
    [TestCase("wire")]
    [TestCase("feeds")]
    [TestCase("exchange")]
    [TestCase("server")]
    [TestCase("client")]
    [TestCase("perf")]
    [TestCase("tests")]
    public void NoLineIsLongerThanTheLimit(string folder) =>
        Assert.That(
            Findings("*.cs", static line => line.Length > Columns && !VenueMessage().IsMatch(line))
                .Where(finding => finding.StartsWith(folder + "/", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void NoCodeHasTabs() => Assert.That(Findings("*.cs", static line => line.Contains('\t')), Is.Empty);

    [Test]
    public void NothingIsLeftForLater() =>
        Assert.That(
            Findings("*.cs", Leftover().IsMatch)
                .Concat(Findings("*.md", Leftover().IsMatch))
                .Concat(Findings("*.sh", Leftover().IsMatch)),
            Is.Empty);

    [Test]
    public void EveryMarkdownFileHasOneTitleAndBeginsWithIt()
    {
        var wrong = SourceFiles.All("*.md").Where(static file =>
        {
            var titles = Titles(SourceFiles.Lines(file));
            return titles.Count != 1 || titles[0] != 0;
        });

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void EachFileHasOneTopLevelTypeNamedAsTheFile()
    {
        var wrong = SourceFiles.All("*.cs").Where(static file =>
        {
            var types = SourceFiles.Lines(file)
                .Select(static line => TopLevelType().Match(line))
                .Where(static match => match.Success)
                .Select(static match => match.Groups["name"].Value)
                .ToArray();
            return types.Length > 1 || (types.Length == 1 && types[0] != Path.GetFileName(file).Split('.')[0]);
        });

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    [Explicit("the readme of feeds is not written yet")]
    public void EveryProductProjectHasAReadme()
    {
        var lacking = SourceFiles.All("*.csproj")
            .Where(static file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .Select(static file => Path.GetDirectoryName(file)!)
            .Where(static folder => !SourceFiles.All("README.md").Contains($"{folder}/README.md"));

        Assert.That(lacking, Is.Empty);
    }

    [TestCase("public sealed class Book", "Book")]
    [TestCase("internal readonly record struct Level(long Price)", "Level")]
    [TestCase("public static partial class Log", "Log")]
    [TestCase("internal sealed class Set<T>", "Set")]
    [TestCase("public unsafe ref struct Reader", "Reader")]
    [TestCase("public delegate void Sink(int value);", "Sink")]
    [TestCase("    private sealed class Nested", null)]
    [TestCase("/// public class Comment", null)]
    public void TopLevelTypesAreRecognized(string line, string? name)
    {
        var match = TopLevelType().Match(line);

        Assert.That(match.Success ? match.Groups["name"].Value : null, Is.EqualTo(name));
    }

    private static IEnumerable<string> Findings(string pattern, Func<string, bool> isWrong) =>
        from file in SourceFiles.All(pattern)
        from line in SourceFiles.Lines(file).Select(static (text, index) => (Text: text, Number: index + 1))
        where isWrong(line.Text)
        select $"{file}:{line.Number}";

    private static List<int> Titles(string[] lines)
    {
        var titles = new List<int>();
        var inCode = false;
        for (var index = 0; index < lines.Length; index++)
        {
            inCode ^= lines[index].StartsWith("```", StringComparison.Ordinal);
            if (!inCode && lines[index].StartsWith("# ", StringComparison.Ordinal))
            {
                titles.Add(index);
            }
        }

        return titles;
    }

    /// <summary>The words are put together so that this line does not find itself.</summary>
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b")]
    private static partial Regex Leftover();

    /// <summary>A venue's message that a comment quotes stands on one line, as it does on the wire.</summary>
    [GeneratedRegex(@"^\s*/// [\[{]")]
    private static partial Regex VenueMessage();

    [GeneratedRegex(
        @"^(public |internal |file |static |sealed |abstract |readonly |ref |unsafe |partial )*"
        + @"(class|record struct|record class|record|struct|interface|enum|delegate \S+) (?<name>\w+)")]
    private static partial Regex TopLevelType();
}

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
    [TestCase("shm")]
    [TestCase("docs")]
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

    /// <summary>The test projects share one.</summary>
    [Test]
    public void EveryProductProjectAndTheTestsHaveAReadme()
    {
        var readmes = SourceFiles.All("README.md").ToArray();
        var lacking = SourceFiles.All("*.csproj")
            .Select(static file => Path.GetDirectoryName(file)!)
            .Select(static folder => folder.StartsWith("tests/", StringComparison.Ordinal) ? "tests" : folder)
            .Distinct(StringComparer.Ordinal)
            .Where(folder => !readmes.Contains($"{folder}/README.md"));

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

    [TestCase("/// {\"e\":\"depthUpdate\"}", true)]
    [TestCase("/// The body: <c>{\"bids\":[[\"1\",\"2\"]]}</c>.", true)]
    [TestCase("    [TestCase(\"\"\"{\"e\":\"trade\"}\"\"\", FrameKind.Ignored)]", true)]
    [TestCase("        $$\"\"\"{\"id\":{{id}}}\"\"\");", true)]
    [TestCase("        {\"e\":\"depthUpdate\"}", true)]
    [TestCase("        \"{\\\"e\\\":5}\",", true)]
    [TestCase("        + \",\\\"a\\\":[[\\\"1\\\"]]\",", true)]
    [TestCase("/// Reads <c>BTC/USDT</c> or \"BTC-USDT\".", false)]
    [TestCase("        $\"{\"text\"} and {symbol}\"", false)]
    [TestCase("        string[][] rows = [[\"1\", \"2\"]];", false)]
    [TestCase("        new List<string> { \"1\" };", false)]
    [TestCase("        {\"name\", value},", false)]
    public void VenueMessagesAreRecognized(string line, bool quotes) =>
        Assert.That(VenueMessage().IsMatch(line), Is.EqualTo(quotes));

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

    /// <summary>
    /// A message that code or a comment quotes stands on one line, as it does on the wire: cut in pieces it could no
    /// longer be compared with a recording or searched for. In this order: in a doc comment, in a raw literal that
    /// begins on the line, on a line of its own in a raw literal, with escaped quotes.
    /// </summary>
    [GeneratedRegex(
        @"^\s*///.*(\{ ?""|\[\[ ?"")"
        + @"|"""""".*(\{ ?""|\[\[ ?"")"
        + @"|^\s*\{""\w+"":"
        + @"|(\{|\[ ?\[) ?\\""")]
    private static partial Regex VenueMessage();

    [GeneratedRegex(
        @"^(public |internal |file |static |sealed |abstract |readonly |ref |unsafe |partial )*"
        + @"(class|record struct|record class|record|struct|interface|enum|delegate \S+) (?<name>\w+)")]
    private static partial Regex TopLevelType();
}

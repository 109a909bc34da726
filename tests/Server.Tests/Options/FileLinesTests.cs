using System.IO;
using LowLatencyQuoter.Server.Options;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.Options;

public sealed class FileLinesTests
{
    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [TestCase("levels: '0' is not", "{\n  // a comment\n  \"levels\": 0\n}", 3)]
    [TestCase("engine.book: x", "{\n\"engine\":\n{\n\"laneFull\": \"drop\", // no\n\"book\": 1,\n}}", 5)]
    [TestCase("levels: stands there twice", "{\"levels\": 1,\n\n\"levels\": 2}", 3)]
    [TestCase(
        "venues.kraken.depth: 7",
        "{\"venues\": [\n{\"name\":\"okx\",\"depth\":1},\n{\"name\":\"Kraken\",\n\"depth\":7}]}",
        4)]
    [TestCase("venues[1].name: unknown", "{\"venues\": [\n{\"name\":\"okx\"},\n{\n\"name\":\"nobody\"}]}", 4)]
    [TestCase("venues[1]: expected", "{\"venues\": [\n{\"name\":\"okx\"},\n{\n}]}", 3)]
    [TestCase("engine.missing: is", "{\n\"engine\": {}}", 2)]
    public void ErrorHasTheLineOfWhatItIsAbout(string error, string text, int line)
    {
        File.WriteAllText(_file, text);

        Assert.That(FileLines.LineOf(_file, error), Is.EqualTo($":{line}"));
    }

    [TestCase("port and httpPort are both 5: give")]
    [TestCase("no place")]
    public void ErrorAboutNoPlaceHasNone(string error)
    {
        File.WriteAllText(_file, "{\"levels\": 1}");

        Assert.That(FileLines.LineOf(_file, error), Is.Empty);
    }
}

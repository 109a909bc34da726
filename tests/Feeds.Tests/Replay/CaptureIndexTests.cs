using System;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

/// <summary>
/// No capture is forgotten: each is in the table that the tests go through, or left out with a reason.
/// </summary>
[Category(Categories.Captures)]
public sealed class CaptureIndexTests
{
    [Test]
    public void EveryReplayableCaptureOfTheIndexIsTestedOrLeftOutWithAReason()
    {
        var index = ReplayableCaptures.OfIndex();

        Assert.That(index, Has.Count.GreaterThan(10), "the index could be read");
        foreach (var files in index)
        {
            if (files.All(ReplayableCaptures.LeftOut.ContainsKey))
            {
                continue;
            }

            Assert.That(
                ReplayableCaptures.All.Count(capture => capture.Files.Order().SequenceEqual(files.Order())),
                Is.EqualTo(1),
                string.Join(", ", files));
        }

        Assert.That(
            ReplayableCaptures.All.SelectMany(static capture => capture.Files)
                .Concat(ReplayableCaptures.LeftOut.Keys)
                .Order(),
            Is.EqualTo(index.SelectMany(static files => files).Order()),
            "and nothing else is in the table");
    }

    [Test]
    public void EveryFileOfTheFolderIsInTheIndexOrOnlyShowsAShape()
    {
        CaptureFolder.File("INDEX.md");
        var known = ReplayableCaptures.OfIndex().SelectMany(static files => files).ToHashSet();
        var files = Directory.EnumerateFiles(CaptureFolder.Root, "*", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(CaptureFolder.Root, file).Replace('\\', '/'))
            .Where(static file => file != "INDEX.md"
                && !Path.GetFileName(file).StartsWith("tardis-node_mappers_", StringComparison.Ordinal));

        Assert.That(files, Is.SubsetOf(known));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Replay;

/// <summary>Recordings that are not whole, and what must be the same however they are played.</summary>
[Category(Categories.Captures)]
public sealed class ReplayFaultTests
{
    private static readonly string[] BinanceFiles =
        ["binance/BINANCE.0.gz", "binance/BINANCE.http.0.0", "binance/BINANCE.ws.1.0"];

    private static readonly string[] BitstampFiles =
        ["bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0"];

    [Test]
    public void SameRecordingGivesTheSameHashes()
    {
        using var first = Replayed.Run("binance", BinanceFiles);
        using var second = Replayed.Run("binance", BinanceFiles);

        Assert.That(first.Report.StateHash, Has.Length.EqualTo(64).And.EqualTo(second.Report.StateHash));
        Assert.That(first.Report.QuoteHash, Has.Length.EqualTo(64).And.EqualTo(second.Report.QuoteHash));
        Assert.That(first.Report.Quotes, Is.EqualTo(second.Report.Quotes).And.GreaterThan(0));
        Assert.That(first.Report.Passed, Is.True);
    }

    [Test]
    public void StateHashDoesNotDependOnTheOrderOfFiles()
    {
        using var first = Replayed.Run("bitstamp", BitstampFiles);
        using var second = Replayed.Run("bitstamp", [.. BitstampFiles.Reverse()]);

        Assert.That(second.Report.StateHash, Is.EqualTo(first.Report.StateHash));
    }

    [Test]
    public void UnpackedRecordingGivesTheSameHashes()
    {
        using var files = new TemporaryFiles();
        const string Name = "binance/ethusdt_20240808.gz";
        var plain = files.Write("plain.gz", TemporaryFiles.Unpack(CaptureFolder.File(Name)));
        using var packed = Replayed.Run("binance", Name);
        using var unpacked = Replayed.Run("binance", plain);

        Assert.That(unpacked.Report.StateHash, Is.EqualTo(packed.Report.StateHash));
        Assert.That(unpacked.Report.QuoteHash, Is.EqualTo(packed.Report.QuoteHash));
    }

    [Test]
    public void OneChangedDigitChangesTheHashes()
    {
        using var files = new TemporaryFiles();
        var lines = Lines("binance/btcusdt_20240808.txt.gz").Take(3_000).ToArray();
        var at = Array.FindLastIndex(lines, line => line.Contains("\"depthUpdate\"", StringComparison.Ordinal));
        var changed = (string[])lines.Clone();
        changed[at] = changed[at].Replace("\"b\":[", "\"b\":[[\"1.5\",\"7\"],", StringComparison.Ordinal);
        using var whole = Replayed.Run("binance", files.Write("a", string.Join('\n', lines)));
        using var other = Replayed.Run("binance", files.Write("b", string.Join('\n', changed)));

        Assert.That(other.Report.StateHash, Is.Not.EqualTo(whole.Report.StateHash));
        Assert.That(other.Report.QuoteHash, Is.EqualTo(whole.Report.QuoteHash), "the level is far from the top");
    }

    [TestCase("binance", "binance/btcusdt_20240808.txt.gz")]
    [TestCase("bitstamp", "bitstamp/BITSTAMP.0", "bitstamp/BITSTAMP.http.0.0", "bitstamp/BITSTAMP.ws.1.0")]
    [TestCase("kraken", "kraken/kraken_btcusd_sample.cbcap")]
    [Category(Categories.Allocation)]
    public void ReplayAllocatesNothingPerEvent(string venue, params string[] files)
    {
        using (Replayed.Run(venue, files))
        {
            // the first replay brings the code into being
        }

        using var replayed = Replayed.Run(venue, files);

        Assert.That(replayed.Report.AllocatedBytesPerEvent, Is.Zero);
    }

    [Test]
    public void DroppedDiffIsAGapThatTakesTheBookOut()
    {
        using var files = new TemporaryFiles();
        var lines = Lines("binance/btcusdt_20240808.txt.gz").Take(6_000).ToList();
        var diffs = lines.FindAll(line => line.Contains("\"depthUpdate\"", StringComparison.Ordinal));
        lines.Remove(diffs[diffs.Count / 2]);
        using var replayed = Replayed.Run("binance", files.Write("gap", string.Join('\n', lines)));
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.Gaps, Is.EqualTo(1));
            Assert.That(report.DecodeErrors, Is.Zero);
            Assert.That(report.Table.Statuses[0].State, Is.EqualTo(BookState.Gapped));
            Assert.That(report.Passed, Is.False);
            Assert.That(replayed.Quote(0).Header.BidCount, Is.Zero, "no level of the book is quoted any more");
            Assert.That(replayed.Quote(0).Header.AskCount, Is.Zero);
        });
    }

    [Test]
    public void WrongChecksumTakesTheBookOutUntilTheNextSnapshot()
    {
        using var files = new TemporaryFiles();
        var bytes = TemporaryFiles.Unpack(CaptureFolder.File("kraken/kraken_btcusd_sample.cbcap"));
        var at = bytes.AsSpan(bytes.Length / 2).IndexOf("\"checksum\":"u8)
            + (bytes.Length / 2) + "\"checksum\":".Length;
        bytes[at + 1] = (byte)(bytes[at + 1] == '5' ? '6' : '5');
        using var replayed = Replayed.Run("kraken", files.Write("wrong", bytes));
        var report = replayed.Report;

        Assert.Multiple(() =>
        {
            Assert.That(report.ChecksumsMatched, Is.EqualTo(report.ChecksumsChecked - 1));
            Assert.That(report.ChecksumsChecked, Is.LessThan(2_052), "a book that is out checks nothing");
            Assert.That(report.Table.Statuses[0].State, Is.EqualTo(BookState.Gapped));
            Assert.That(report.Passed, Is.False);
            Assert.That(replayed.Quote(0).Header.BidCount, Is.Zero);
        });
    }

    [Test]
    public void UnreadableFrameIsCountedAndTakesTheBookOut()
    {
        using var files = new TemporaryFiles();
        var lines = Lines("binance/btcusdt_20240808.txt.gz").Take(3_000).ToList();
        var at = lines.FindLastIndex(line => line.Contains("\"depthUpdate\"", StringComparison.Ordinal));
        lines[at] = lines[at][..^1];
        using var replayed = Replayed.Run("binance", files.Write("cut", string.Join('\n', lines)));

        Assert.That(replayed.Report.DecodeErrors, Is.EqualTo(1));
        Assert.That(replayed.Report.Table.Statuses[0].State, Is.Not.EqualTo(BookState.Live));
        Assert.That(replayed.Report.Passed, Is.False);
    }

    [Test]
    public void SnapshotWithoutASymbolNeedsARecordingOfOneBook()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("two", """
            1 {"e":"depthUpdate","s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}
            2 {"e":"depthUpdate","s":"ETHUSDT","U":1,"u":2,"b":[],"a":[]}
            3 {"lastUpdateId":1,"bids":[],"asks":[]}
            """);

        Assert.That(
            () => Replayed.Run("binance", path),
            Throws.TypeOf<CaptureFormatException>()
                .With.Message.StartsWith($"{path}:3: ").And.Message.Contains("--symbol"));
    }

    [TestCase("[]")]
    [TestCase("{\"symbols\":[{\"symbol\":\"BTCUSDT\"}]}")]
    [TestCase("{\"symbols\":[{\"symbol\":5,\"filters\":[]}]}")]
    [TestCase("nonsense")]
    public void DamagedListOfInstrumentsIsRefusedWithItsPlace(string body)
    {
        using var files = new TemporaryFiles();
        var path = files.Write("list", $"https://x/api/v3/exchangeInfo -> 1.0: {body}\n");

        Assert.That(
            () => Replayed.Run("binance", path),
            Throws.TypeOf<CaptureFormatException>().With.Message.StartsWith($"{path}:1: Binance exchangeInfo"));
    }

    private static IEnumerable<string> Lines(string name) =>
        Encoding.UTF8.GetString(TemporaryFiles.Unpack(CaptureFolder.File(name))).Split('\n');
}

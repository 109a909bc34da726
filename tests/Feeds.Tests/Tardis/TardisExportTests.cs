using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Tardis;
using LowLatencyQuoter.Feeds.Tests.Replay;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Tardis;

public sealed class TardisExportTests
{
    private const string Header = "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount";

    /// <summary>One of each venue; the longest would take the other program many seconds.</summary>
    private static IEnumerable<ReplayableCapture> Captures => ReplayableCaptures.All
        .Where(static capture => capture.Frames < 30_000)
        .DistinctBy(static capture => capture.Venue);

    [TestCaseSource(nameof(Captures))]
    [Category(Categories.Captures)]
    [Category(Categories.Foreign)]
    public void AnotherProgramRebuildsTheSameBooksFromTheRows(ReplayableCapture capture)
    {
        ForeignTool.Require("python3 (apt-get install python3)", "python3", "--version");
        using var files = new TemporaryFiles();
        var path = files.Write("rows.csv.gz", []);
        using var replayed = Export(capture.Venue, path, [.. capture.Files]);
        using var plain = Replayed.Run(capture.Venue, [.. capture.Files]);

        Assert.That(replayed.Report.StateHash, Is.EqualTo(plain.Report.StateHash), "exporting changes nothing");
        Assert.That(replayed.Report.QuoteHash, Is.EqualTo(plain.Report.QuoteHash));
        Assert.That(Rebuilt(path), Is.EqualTo(Lines(replayed.Report)));
    }

    [Test]
    public void RowsAreThoseOfTheVenueBehindTheSnapshot()
    {
        using var files = new TemporaryFiles();
        var recording = files.Write("recording", string.Join('\n',
            Diff(1_000, 5, 6, "[\"10.50\",\"1.000\"]", ""),
            """2000000 {"lastUpdateId":7,"bids":[["10.00","2.000"]],"asks":[["11.00","3.50"]]}""",
            Diff(3_000, 7, 8, "[\"10.25\",\"0.125\"]", "[\"11.00\",\"0.000\"]"),
            Diff(4_000, 9, 9, "", "[\"11.12345\",\"4\"]")));
        var path = files.Write("rows.csv", []);
        using (Export("binance", path, recording))
        {
        }

        Assert.That(File.ReadAllLines(path), Is.EqualTo((string[])
        [
            Header,
            "binance,BTCUSDT,2000,2000,true,bid,10,2",
            "binance,BTCUSDT,2000,2000,true,ask,11,3.5",
            "binance,BTCUSDT,1700000003000000,3000,false,bid,10.25,0.125",
            "binance,BTCUSDT,1700000003000000,3000,false,ask,11,0",
            "binance,BTCUSDT,1700000004000000,4000,false,ask,11.12345,4",
        ]));
    }

    [Test]
    [Category(Categories.Captures)]
    public void LevelsThatLeaveTheWindowAreDeleted()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("rows.csv", []);
        using var replayed = Export("kraken", path, "kraken/kraken_btcusd_l2.cbcap");
        var bids = new SortedSet<decimal>();
        foreach (var row in File.ReadLines(path).Skip(1).Select(static line => line.Split(',')))
        {
            if (row[5] != "bid")
            {
                continue;
            }

            var price = decimal.Parse(row[6], System.Globalization.CultureInfo.InvariantCulture);
            _ = row[7] == "0" ? bids.Remove(price) : bids.Add(price);
        }

        var window = replayed.Report.Table.Definitions[0].WindowLevels;
        Assert.That(window, Is.EqualTo(10));
        Assert.That(replayed.Report.Books[0].Bids, Has.Count.LessThanOrEqualTo(window));
        Assert.That(bids.Reverse().Take(window), Is.EqualTo(replayed.Report.Books[0].Bids.Select(
            level => level.Price / (decimal)Math.Pow(10, replayed.Report.Books[0].PriceScale))));
    }

    [Test]
    [Category(Categories.Captures)]
    public void PackedFileHoldsTheSameRows()
    {
        using var files = new TemporaryFiles();
        var (plain, packed) = (files.Write("rows.csv", []), files.Write("rows.csv.GZ", []));
        using (Export("okx", plain, "okx/OKX.0.gz", "okx/OKX.ws.1.0"))
        using (Export("okx", packed, "okx/OKX.0.gz", "okx/OKX.ws.1.0"))
        {
        }

        using var rows = new StreamReader(new GZipStream(File.OpenRead(packed), CompressionMode.Decompress));
        Assert.That(rows.ReadToEnd(), Is.EqualTo(File.ReadAllText(plain)).And.StartWith(Header + "\nokex,"));
    }

    [Test]
    public void SnapshotThatFollowsASnapshotIsWrittenAsChanges()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("rows.csv", []);
        var recording = files.Write("recording", string.Join('\n',
            Full(5, """["100.0","1"],["99.0","2"]""", """["101.0","3"]"""),
            Full(9, """["100.0","1"],["98.0","4"]""", """["101.0","5"]""")));
        using var replayed = Export("gateio", path, recording);

        Assert.That(replayed.Report.Books[0].Bids, Has.Count.EqualTo(2));
        Assert.That(
            File.ReadLines(path).Skip(1).Select(static line => string.Join(',', line.Split(',')[4..])),
            Is.EqualTo((string[])
            [
                "true,bid,100,1",
                "true,bid,99,2",
                "true,ask,101,3",
                "false,bid,99,0",
                "false,bid,98,4",
                "false,ask,101,5",
            ]));
    }

    [Test]
    public void ReplayOnThreadsIsNotExported()
    {
        using var files = new TemporaryFiles();
        var recording = files.Write("recording", Diff(1, 1, 1, "", ""));
        using var export = new TardisExport(files.Write("rows.csv", []));

        Assert.That(
            () => Replayed.Run(
                "binance",
                new ReplayOptions { Files = [recording], Mode = ThreadingMode.Shared, Export = export }),
            Throws.ArgumentException);
    }

    private static string Diff(int millis, int first, int last, string bids, string asks) =>
        $$$"""{{{millis}}}000 {"e":"depthUpdate","E":{{{1_700_000_000_000 + millis}}},"s":"BTCUSDT","U":{{{first}}}"""
        + $$$""","u":{{{last}}},"b":[{{{bids}}}],"a":[{{{asks}}}]}""";

    private static string Full(int updateId, string bids, string asks) =>
        $$$"""{"t":1700000000000,"full":true,"s":"ob.BTC_USDT.50","u":{{{updateId}}},"b":[{{{bids}}}],"a":[{{{asks}}}]}""";

    private static Replayed Export(string venue, string path, params string[] files)
    {
        using var export = new TardisExport(path);
        return Replayed.Run(venue, new ReplayOptions { Files = files, Export = export });
    }

    private static string[] Rebuilt(string path)
    {
        var script = Path.Combine(Repository.Root, "tests", "foreign", "python", "tardis_books.py");
        using var python = Process.Start(new ProcessStartInfo("python3", [script, path])
        {
            RedirectStandardOutput = true,
        })!;
        var output = python.StandardOutput.ReadToEndAsync();
        Assert.That(python.WaitForExit(300_000), Is.True, "the other program hangs");
        Assert.That(python.ExitCode, Is.Zero, output.Result);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> Lines(ReplayReport report) => report.Books
        .Select((book, index) => (Book: book, report.Table.Definitions[index].Symbol))
        .OrderBy(static book => book.Symbol, StringComparer.Ordinal)
        .SelectMany(static book => Lines(book.Book.Bids, 'b', book.Book, book.Symbol)
            .Concat(Lines(book.Book.Asks, 'a', book.Book, book.Symbol)));

    private static IEnumerable<string> Lines(
        IReadOnlyList<Level> levels, char letter, BookCopy book, string symbol) => levels.Select(level =>
        $"{symbol} {letter} {ScaledText.Format(level.Price, book.PriceScale)} "
        + ScaledText.Format(level.Quantity, book.QuantityScale));
}

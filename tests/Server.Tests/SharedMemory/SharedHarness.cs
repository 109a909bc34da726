using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.SharedMemory;
using LowLatencyQuoter.Shm;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>A pipeline that the test drives, and its quotes in a file of the temporary folder.</summary>
internal sealed class SharedHarness : IDisposable
{
    private static readonly string[] VenueNames = ["binance", "bitstamp", "kraken"];

    public SharedHarness(int levels = 10, int ringBytes = 1 << 20, int quoteCapacity = 1_024)
    {
        var books = new List<BookDefinition>();
        for (var instrument = 0; instrument < 3; instrument++)
        {
            foreach (var venue in VenueNames)
            {
                books.Add(new BookDefinition
                {
                    Venue = venue,
                    Symbol = "X",
                    Instrument = instrument,
                    ChainRule = ChainRule.None,
                    SnapshotSource = SnapshotSource.Socket,
                });
            }
        }

        Table = new BookTable(["BTC/USDT", "ETH/USDT", ""], books);
        Pipeline = new QuoterPipeline<ManualClock>(
            Table, new PipelineOptions { Lanes = 1, Levels = levels, QuoteCapacity = quoteCapacity }, Clock);
        Market = new TestMarket(Pipeline, Clock);
        Directory = new InstrumentDirectory(Table.Instruments);
        Path = NewPath();
        Shape = SharedMemoryStage.ShapeOf(Pipeline, levels, ringBytes);
        File = QuoteFile.Create(Path, Shape, false, MonotonicClock.Nanos(), MonotonicClock.UnixOffsetNanos());
        Writer = new SharedQuoteWriter<MonotonicClock>(File, Pipeline.Quotes, Table, Directory, default);
    }

    public ManualClock Clock { get; } = new() { Nanos = 1 };

    public BookTable Table { get; }

    public QuoterPipeline<ManualClock> Pipeline { get; }

    public TestMarket Market { get; }

    public InstrumentDirectory Directory { get; }

    public QuoteFileShape Shape { get; }

    public QuoteFile File { get; }

    public SharedQuoteWriter<MonotonicClock> Writer { get; }

    public string Path { get; }

    public static string NewPath() =>
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"quotes-{Guid.NewGuid():N}");

    /// <summary>Lets the writer take all there is.</summary>
    public void Drive()
    {
        while (Writer.DoWork() != 0)
        {
        }
    }

    public void Dispose()
    {
        File.Dispose();
        Pipeline.Dispose();
        System.IO.File.Delete(Path);
    }
}

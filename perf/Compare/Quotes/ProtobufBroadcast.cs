using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Google.Protobuf.Collections;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Wire.Grpc;
using Orderbook;

namespace LowLatencyQuoter.Perf.Compare.Quotes;

/// <summary>
/// The usual way: a bounded channel of message objects for each call, and each call serializes with Google.Protobuf
/// what it takes from its own. Threads: calls run on the pool; one at a time publishes.
/// </summary>
internal sealed class ProtobufBroadcast(FanOutQuotes quotes)
{
    /// <summary>Path of the method that streams.</summary>
    public const string Path = $"/{Service}/{Name}";

    private const string Service = "orderbook.Baseline";
    private const string Name = "BookSummary";
    private const int ChannelCapacity = 64;
    private readonly Lock _joining = new();
    private readonly QuoteReader _reader = new(quotes.Ring);
    private volatile Channel<Summary>[] _channels = [];

    /// <summary>Streams at this moment.</summary>
    public int Subscribers => _channels.Length;

    /// <summary>Registers the method.</summary>
    public void AddTo(GrpcServices services) => services.Add(Service, Name, InvokeAsync);

    /// <summary>Publishes so many quotes; returns when each was handed to every call.</summary>
    public async Task PublishAsync(int count)
    {
        for (var quote = 0; quote < count; quote++)
        {
            var summary = Next();
            foreach (var channel in _channels)
            {
                if (!channel.Writer.TryWrite(summary))
                {
                    await channel.Writer.WriteAsync(summary).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Writes and reads the next quote.</summary>
    public Summary Next()
    {
        quotes.WriteNext();
        _reader.TryReadLatest();
        return Build(_reader, quotes);
    }

    /// <summary>A quote as a message object.</summary>
    public static Summary Build(QuoteReader reader, FanOutQuotes quotes)
    {
        var price = Math.Pow(10, reader.Header.PriceScale);
        var summary = new Summary { Spread = reader.Spread / price };
        Fill(summary.Bids, reader.Bids, reader, quotes);
        Fill(summary.Asks, reader.Asks, reader, quotes);
        return summary;
    }

    private static void Fill(
        RepeatedField<Level> levels, ReadOnlySpan<QuoteRow> rows, QuoteReader reader, FanOutQuotes quotes)
    {
        var price = Math.Pow(10, reader.Header.PriceScale);
        var quantity = Math.Pow(10, reader.Header.QuantityScale);
        foreach (ref readonly var row in rows)
        {
            levels.Add(new Level
            {
                Exchange = quotes.Table.Definitions[row.Member].Venue,
                Price = row.Price / price,
                Amount = row.Quantity / quantity,
            });
        }
    }

    private async Task<GrpcStatus> InvokeAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(Empty.Parser).ConfigureAwait(false);
        await call.StartAsync().ConfigureAwait(false);
        var channel = Channel.CreateBounded<Summary>(
            new BoundedChannelOptions(ChannelCapacity) { SingleReader = true, SingleWriter = true });
        lock (_joining)
        {
            _channels = [.. _channels, channel];
        }

        await foreach (var summary in channel.Reader.ReadAllAsync(call.Cancellation).ConfigureAwait(false))
        {
            await call.WriteAsync(summary).ConfigureAwait(false);
        }

        return new GrpcStatus(StatusCode.Unavailable, "the stream is over");
    }
}

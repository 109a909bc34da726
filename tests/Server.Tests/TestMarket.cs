using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>
/// Feeds the books by hand and drives the pipeline on the calling thread. Prices have scale 2, quantities 8.
/// </summary>
internal sealed class TestMarket(QuoterPipeline<ManualClock> pipeline, ManualClock clock)
{
    public const int PriceScale = 2;
    public const int QuantityScale = 8;
    public const long Mid = 60_000_00;
    private readonly Random _random = new(1);
    private long _updates;

    /// <summary>
    /// Subscribes a book and gives it a snapshot of <paramref name="depth"/> levels a side around the mid.
    /// </summary>
    public void GoLive(int book, int depth = 30)
    {
        Begin(book, EventKind.Subscribed);
        Commit();
        Begin(book, EventKind.Snapshot);
        for (var level = 1; level <= depth; level++)
        {
            // neighboring venues share every other price, so that ties occur
            var offset = level * 10 - (book % 3 == 2 ? 5 * (level % 2) : 0);
            Add(Side.Bid, Mid - offset, Quantity());
            Add(Side.Ask, Mid + offset, Quantity());
        }

        Commit();
    }

    public void GoLive()
    {
        for (var book = 0; book < pipeline.Table.Definitions.Length; book++)
        {
            GoLive(book);
        }
    }

    public void Disconnect(int book)
    {
        Begin(book, EventKind.Disconnected);
        Commit();
    }

    /// <summary>One update that changes the quote: new quantities at a price near the top of the book.</summary>
    public void Update(int book)
    {
        Begin(book, EventKind.Update);
        var offset = _random.Next(1, 5) * 10;
        Add(Side.Bid, Mid - offset, Quantity());
        Add(Side.Ask, Mid + offset, Quantity());
        Commit();
    }

    /// <summary>Sets one level.</summary>
    public void Set(int book, Side side, long price, long quantity)
    {
        Begin(book, EventKind.Update);
        Add(side, price, quantity);
        Commit();
    }

    /// <summary>Sets the best level of both sides, a tick from the mid, to one quantity, in one message.</summary>
    public void Mirror(int book, long quantity)
    {
        Begin(book, EventKind.Update);
        Add(Side.Bid, Mid - 1, quantity);
        Add(Side.Ask, Mid + 1, quantity);
        Commit();
    }

    private long Quantity() => _random.NextInt64(1, 500_000_000);

    private void Begin(int book, EventKind kind)
    {
        if (!pipeline.Lanes[0].TryBegin(book, kind))
        {
            throw new InvalidOperationException("the lane is full");
        }

        ref var item = ref pipeline.Lanes[0].Current;
        item.PriceScale = PriceScale;
        item.QuantityScale = QuantityScale;
        item.ReceivedNanos = clock.Nanos += 1_000;
        item.LastUpdateId = ++_updates;
    }

    private void Add(Side side, long price, long quantity)
    {
        if (!pipeline.Lanes[0].TryAdd(side, price, quantity))
        {
            throw new InvalidOperationException("the lane is full");
        }
    }

    private void Commit()
    {
        pipeline.Lanes[0].Commit(clock.Nanos);
        while (pipeline.DoWork() != 0)
        {
        }
    }
}

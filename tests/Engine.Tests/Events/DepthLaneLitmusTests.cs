using System.Threading;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Tests.Ring;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Events;

[Category(Categories.Litmus)]
public sealed class DepthLaneLitmusTests
{
    [Test]
    public void MessagesOfAnySizeArriveWholeAndAbandonedOnesNever()
    {
        using var lane = new DepthLane(16);
        var end = long.MaxValue;
        Race.Run(
            race =>
            {
                var message = 0L;
                for (; race.GoesOn; message++)
                {
                    if (message % 7 == 3 && lane.TryBegin(0, EventKind.Update))
                    {
                        lane.TryAdd(Side.Bid, -1, -1);
                        lane.Abandon();
                    }

                    Fill(race, lane, message);
                }

                Volatile.Write(ref end, message);
            },
            race =>
            {
                var next = 0L;
                for (var message = 0L; message < Volatile.Read(ref end); message++)
                {
                    race.Await(() => lane.Ring.IsPublished(next) || message == Volatile.Read(ref end));
                    if (message < Volatile.Read(ref end) || lane.Ring.IsPublished(next))
                    {
                        next = Check(lane, next, message);
                        lane.Consumed.Set(next - 1);
                    }
                }
            });
    }

    /// <summary>
    /// The check of this test, on a producer that publishes a part of a message: steps interleaved by hand.
    /// </summary>
    [Test]
    public void MessagePublishedByPartsIsCaught()
    {
        using var lane = new DepthLane(16);
        lane.TryBegin(0, EventKind.Update);
        for (var level = 0; level < Levels(2); level++)
        {
            lane.TryAdd(Side.Bid, 2, 2);
        }

        (lane.Ring[0].LastUpdateId, lane.Ring[0].DecodedNanos) = (2, 2);
        lane.Ring.Publish(0);

        Assert.That(() => Check(lane, 0, 2), Throws.InvalidOperationException.With.Message.Contains("came in part"));
    }

    private static int Levels(long message) => (int)(message * 37 % 150) + 1;

    private static void Fill(Race race, DepthLane lane, long message)
    {
        race.Await(() => lane.TryBegin((int)(message % 5), EventKind.Update));
        for (var level = 0; level < Levels(message); level++)
        {
            race.Await(() => lane.TryAdd(level % 2 == 0 ? Side.Bid : Side.Ask, message, message));
        }

        lane.Current.LastUpdateId = message;
        lane.Commit(message);
    }

    private static long Check(DepthLane lane, long next, long message)
    {
        var levels = 0;
        for (var first = true; ; first = false)
        {
            Race.Demand(lane.Ring.IsPublished(next), $"message {message} came in part");
            ref var item = ref lane.Ring[next++];
            Race.Demand(first == ((item.Flags & EventFlags.First) != 0), $"message {message} begins elsewhere");
            Race.Demand(item.LastUpdateId == message && item.DecodedNanos == message,
                $"message {message} lacks its fields");
            for (var index = 0; index < item.BidCount; index++)
            {
                Race.Demand(item.Bid(index).Price == message && item.Bid(index).Quantity == message, "a bid is torn");
            }

            for (var index = 0; index < item.AskCount; index++)
            {
                Race.Demand(item.Ask(index).Price == message && item.Ask(index).Quantity == message, "an ask is torn");
            }

            levels += item.BidCount + item.AskCount;
            if ((item.Flags & EventFlags.Last) != 0)
            {
                Race.Demand(levels == Levels(message), $"message {message} has {levels} levels");
                return next;
            }
        }
    }
}
